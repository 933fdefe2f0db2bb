import { findBrandByHost } from '#domains/brands/index.ts';
import type { Brand } from '#domains/brands/index.ts';
import { catalogueRevision } from '#domains/catalog/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import type { LegalDetails, Seller } from '#domains/sellers/index.ts';
import { localDate } from '#kit/term.ts';
import { transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import type { StoreBrand } from '#web/store/store-brand.ts';

/** A brand's shop as the store draws it, and what every shared page of it depends on. */
export type Shop = { brand: StoreBrand; seller: Seller };

/** How long a host name's shop is believed without asking again. */
const KEPT_MS = 5000;
const HOSTS_MAX = 1000;

export type Shops = {
  byRequest(request: Request): Promise<Shop | null>;
  /** The cache key of a shared page, from memory; null until the shop has been read once. */
  keyOf(request: Request): string | null;
  /** Reads the catalogue's revision again: after a notification, or on a timer. */
  refresh(): Promise<void>;
};

/** Finds shops by host name and knows what their shared pages stand on. */
export function shopsOf(runtime: Runtime): Shops {
  const kept = new Map<string, { shop: Shop | null; untilMs: number }>();
  let revision = '';
  const read = async (request: Request): Promise<Shop | null> => {
    const url = new URL(request.url);
    const known = kept.get(url.host);
    if (known && known.untilMs > Date.now()) return known.shop;
    const shop = await readShop(runtime, url);
    kept.delete(url.host);
    kept.set(url.host, { shop, untilMs: Date.now() + KEPT_MS });
    if (kept.size > HOSTS_MAX) kept.delete(kept.keys().next().value ?? '');
    return shop;
  };
  return {
    byRequest: read,
    keyOf: (request) => {
      const url = new URL(request.url);
      const known = kept.get(url.host);
      if (!known?.shop || known.untilMs <= Date.now() || revision === '') return null;
      // Prices change at midnight of the billing zone, whoever publishes nothing.
      const today = localDate(runtime.clock.now(), known.shop.seller.zone).toString();
      return `${known.shop.brand.id} ${url.origin} ${revision} ${today} ${url.pathname}${url.search}`;
    },
    refresh: async () => {
      const found = await transact(runtime, { kind: 'system', name: 'store' }, catalogueRevision);
      revision = String(found);
    },
  };
}

async function readShop(runtime: Runtime, url: URL): Promise<Shop | null> {
  return transact(runtime, { kind: 'system', name: 'store' }, async (ctx) => {
    const brand = await findBrandByHost(ctx, url.hostname);
    const seller = brand && (await findSeller(ctx, brand.sellerId));
    return brand && seller ? { brand: storeBrand(brand, seller, url.origin), seller } : null;
  });
}

function storeBrand(brand: Brand, seller: Seller, origin: string): StoreBrand {
  return {
    id: brand.id,
    name: brand.name,
    accent: brand.accent,
    logoUrl: null,
    origin,
    languages: brand.languages,
    defaultLanguage: brand.defaultLanguage,
    pricesIncludeTax: brand.pricesIncludeTax,
    supportEmail: brand.supportEmail,
    timeZone: seller.zone,
    currency: brand.currency,
    legal: { ru: legalLines(seller.legal, 'ru'), en: legalLines(seller.legal, 'en') },
  };
}

function legalLines(legal: LegalDetails, language: 'ru' | 'en'): string[] {
  const taxId = language === 'ru' ? `ИНН ${legal.taxId}` : `Tax ID ${legal.taxId}`;
  return [legal.name[language], legal.address[language], taxId];
}
