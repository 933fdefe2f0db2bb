import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { DateWire, idWire, MoneyWire } from '#platform/http/wire.ts';
import {
  ActionWire,
  ComponentWire,
  CurrencyWire,
  ItemWire,
  KeyWire,
  LocalisedWire,
  ModeWire,
  NameWire,
  PlanWire,
  TermWire,
} from './catalog-wire.ts';

const read = { who: 'staff', permission: 'catalog.read' } as const;
const write = { who: 'staff', permission: 'catalog.write' } as const;

const ProductWire = z.object({
  id: KeyWire,
  kind: KeyWire,
  os: z.enum(['linux', 'windows']),
  name: NameWire,
  description: LocalisedWire,
  serverModule: KeyWire,
  sort: z.int().min(0).max(10_000),
  retiredOn: DateWire.nullable(),
});

const SupplierWire = z.object({ id: KeyWire, product: z.string().trim().min(1).max(100) });
const GoodsComponentWire = ComponentWire.extend({ supplier: SupplierWire.nullable() });

/** What one item costs by one of the books on the day asked for. */
const PriceInForceWire = z.object({
  book: z
    .enum(['clients', 'resellers', 'cost'])
    .describe('cost: what the seller above asks of this one'),
  item: ItemWire,
  action: ActionWire,
  termMonths: TermWire,
  monthly: MoneyWire,
  editionId: z.string(),
});

export const GoodsWire = z.object({
  on: DateWire,
  today: DateWire,
  sellerId: z.string(),
  /** Currencies that this seller has prices in, its brands' first. */
  currencies: z.array(CurrencyWire),
  currency: CurrencyWire,
  pricesIncludeTax: z.boolean(),
  products: z.array(ProductWire.extend({ isOwn: z.boolean(), plans: z.array(PlanWire) })),
  components: z.array(GoodsComponentWire.extend({ isOwn: z.boolean() })),
  prices: z.array(PriceInForceWire),
  inclusions: z.array(
    z.object({
      planId: KeyWire,
      componentId: KeyWire,
      mode: ModeWire,
      editionId: z.string().nullable(),
    }),
  ),
});

const Saved = z.object({ id: KeyWire });

export const goodsContract = {
  read: operation({
    method: 'GET',
    path: '/v1/admin/catalogue',
    summary: 'Products, plans, components, and the prices in force on a day',
    access: read,
    input: z.object({
      on: DateWire.optional(),
      currency: CurrencyWire.optional(),
      sellerId: idWire('sel').optional().describe('a seller below; left out: your own'),
    }),
    output: GoodsWire,
    refusals: ['seller-not-found', 'currency-unknown'],
  }),
  saveProduct: operation({
    method: 'PUT',
    path: '/v1/admin/catalogue/products/{id}',
    summary: 'Create a product or change its texts',
    access: write,
    input: ProductWire,
    output: Saved,
    refusals: ['product-of-another-seller'],
  }),
  savePlan: operation({
    method: 'PUT',
    path: '/v1/admin/catalogue/plans/{id}',
    summary: 'Create a plan or change its name and limits; prices are set by an edition',
    access: write,
    input: PlanWire,
    output: Saved,
    refusals: ['product-not-found', 'plan-of-another-product'],
  }),
  saveComponent: operation({
    method: 'PUT',
    path: '/v1/admin/catalogue/components/{id}',
    summary: 'Create a component or change its texts and rules; prices are set by an edition',
    access: write,
    input: GoodsComponentWire,
    output: Saved,
    refusals: ['component-of-another-seller'],
  }),
};
