import { isCurrency } from '#kit/currency.ts';
import { moneyWire } from '#platform/http/wire.ts';
import { money } from '#kit/money.ts';
import { refuse } from '#kit/refusal.ts';
import { localDate, TERMS } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { brandsOfSellers } from '#domains/brands/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import type { Catalogue } from './catalogue.ts';
import type { Audience, Item, PriceAction } from './edition.ts';
import { inclusionOf } from './inclusion-of.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { priceOf } from './price-of.ts';
import { staffSeller } from './staff-seller.ts';
import { atPurchase } from './standing.ts';

type Asked = { on?: string; currency?: string; sellerId?: string };

/** The whole catalogue of one seller as it stands on a day, for its staff. */
export async function readGoods(ctx: Ctx, asked: Asked) {
  const seller = await staffSeller(ctx, asked.sellerId);
  const catalogue = await loadCatalogue(ctx, seller.id);
  const today = localDate(ctx.now, seller.zone);
  const on = asked.on ? Temporal.PlainDate.from(asked.on) : today;
  const brands = await brandsOfSellers(ctx, [seller.id]);
  const currencies = currenciesOf(
    catalogue,
    seller,
    brands.map((brand) => brand.currency),
  );
  const currency = asked.currency ?? currencies[0] ?? 'RUB';
  if (!isCurrency(currency)) refuse('currency-unknown', { field: 'currency' });
  return {
    on: on.toString(),
    today: today.toString(),
    sellerId: seller.id,
    currencies,
    currency,
    pricesIncludeTax: brands[0]?.pricesIncludeTax ?? true,
    products: catalogue.products.map((product) => ({
      id: product.id,
      kind: product.kind,
      os: product.os,
      name: product.name,
      description: product.description,
      serverModule: product.serverModule,
      sort: product.sort,
      retiredOn: product.retiredOn?.toString() ?? null,
      isOwn: product.sellerId === seller.id,
      plans: catalogue.plans.filter((plan) => plan.productId === product.id),
    })),
    components: catalogue.components.map(({ sellerId, ...component }) => ({
      ...component,
      isOwn: sellerId === seller.id,
    })),
    prices: pricesInForce(catalogue, seller, currency, on),
    inclusions: inclusionsInForce(catalogue, on),
  };
}

function currenciesOf(catalogue: Catalogue, seller: Seller, first: readonly string[]): string[] {
  const priced = catalogue.editions
    .filter(({ sellerId }) => seller.path.includes(sellerId))
    .flatMap(({ prices }) => prices.map((row) => row.currency));
  return [...new Set([...first, ...priced])];
}

type Book = 'clients' | 'resellers' | 'cost';

function pricesInForce(
  catalogue: Catalogue,
  seller: Seller,
  currency: string,
  on: Temporal.PlainDate,
) {
  const books: { book: Book; sellerId: string; audience: Audience }[] = [
    { book: 'clients', sellerId: seller.id, audience: 'clients' },
    { book: 'resellers', sellerId: seller.id, audience: 'resellers' },
  ];
  if (seller.parentId) {
    books.push({ book: 'cost', sellerId: seller.parentId, audience: 'resellers' });
  }
  const found = [];
  for (const { book, sellerId, audience } of books) {
    for (const item of itemsOf(catalogue)) {
      for (const action of ['add', 'renew'] satisfies PriceAction[]) {
        for (const termMonths of TERMS) {
          const ask = { ...atPurchase(on), sellerId, audience, item, action, termMonths, currency };
          const price = priceOf(catalogue, ask);
          if (!price) continue;
          const monthly = moneyWire(money(price.monthlyMinor, currency));
          found.push({ book, item, action, termMonths, monthly, editionId: price.editionId });
        }
      }
    }
  }
  return found;
}

function itemsOf(catalogue: Catalogue): Item[] {
  return [
    ...catalogue.plans.map(({ id }) => ({ kind: 'plan' as const, id })),
    ...catalogue.components.map(({ id }) => ({ kind: 'component' as const, id })),
  ];
}

function inclusionsInForce(catalogue: Catalogue, on: Temporal.PlainDate) {
  return catalogue.plans.flatMap((plan) =>
    catalogue.components.map((component) => {
      const pair = { planId: plan.id, componentId: component.id };
      return { ...pair, ...inclusionOf(catalogue, { ...atPurchase(on), ...pair }) };
    }),
  );
}
