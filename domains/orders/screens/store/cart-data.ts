import { NO_WAY } from '#domains/payments/screens/pay/pay-way.ts';
import type { PayMethods, PayWay } from '#domains/payments/screens/pay/pay-way.ts';
import type { ApiClient } from '#web/api.ts';
import type { StoreRequest } from '#web/store/store-page.ts';
import type { CartQuoteView } from '../../quote-wire.ts';

/** What the brand sells today, as the store's pages get it. */
export type Shop = Awaited<ReturnType<ApiClient['catalog']['shop']['catalogue']>>;
export type ShopProduct = Shop['products'][number];
export type ShopPlan = ShopProduct['plans'][number];

/** Who is at the cart: nobody yet, a client with their ways to pay, or staff who cannot buy. */
export type Buyer = { kind: 'guest' } | { kind: 'staff' } | { kind: 'client'; pay: PayMethods };

/** All that a person chooses; what is sent is this and the total they saw. */
export type CartValues = {
  planId: string;
  termMonths: number;
  domainName: string;
  addOns: Readonly<Record<string, number>>;
  promo: string;
  pay: PayWay;
};

export type CartData = {
  shop: Shop;
  productId: string;
  values: CartValues;
  buyer: Buyer;
  quote: CartQuoteView | null;
};

export function productOf({ shop, productId }: Pick<CartData, 'shop' | 'productId'>): ShopProduct {
  const product = shop.products.find((one) => one.id === productId);
  if (!product) throw new Error(`${productId} is not sold`);
  return product;
}

export function planOf(product: ShopProduct, planId: string): ShopPlan | undefined {
  return product.plans.find((plan) => plan.id === planId);
}

/** The cart as the API takes it. Add-ons that the plan does not sell stay behind. */
export function cartInput(product: ShopProduct, values: CartValues) {
  const sold = planOf(product, values.planId)?.addons.map(({ componentId }) => componentId) ?? [];
  return {
    productId: product.id,
    planId: values.planId,
    termMonths: values.termMonths,
    addOns: sold.flatMap((componentId) => {
      const quantity = values.addOns[componentId] ?? 0;
      return quantity > 0 ? [{ componentId, quantity }] : [];
    }),
    ...(values.promo.trim() !== '' && { promo: values.promo.trim() }),
  };
}

export async function loadBuyer(api: ApiClient): Promise<Buyer> {
  const { person } = await api.identity.session.current({});
  if (person?.acting?.kind === 'staff') return { kind: 'staff' };
  if (person?.acting?.kind !== 'client') return { kind: 'guest' };
  return { kind: 'client', pay: await api.payments.methods({}) };
}

const PROMO_CHARS_MAX = 60;

/** Fills the cart from `/{lang}/cart/<product>/<plan>/<term>?addon=…&promo=…`; null: no such plan. */
export async function loadCart({ api, params, search }: StoreRequest): Promise<CartData | null> {
  const shop = await api.catalog.shop.catalogue({});
  const productId = params['productId'] ?? '';
  const product = shop.products.find((one) => one.id === productId);
  const plan = product && planOf(product, params['planId'] ?? '');
  const price = plan?.prices.find((one) => String(one.termMonths) === params['termMonths']);
  if (!product || !plan || !price) return null;
  const values: CartValues = {
    planId: plan.id,
    termMonths: price.termMonths,
    domainName: search.get('domain') ?? '',
    addOns: Object.fromEntries(search.getAll('addon').map((id) => [id, 1])),
    promo: (search.get('promo') ?? '').slice(0, PROMO_CHARS_MAX),
    pay: NO_WAY,
  };
  // A promo of the link that no longer counts must not keep the price from being shown.
  const quote = await api.orders.quoteCart(cartInput(product, values)).catch(() => null);
  return { shop, productId, values, buyer: await loadBuyer(api), quote };
}
