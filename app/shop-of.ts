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
const TODAY_MS = 1000;

type Kept = { shop: Shop | null; untilMs: number; today: string; todayUntilMs: number };

export type Shops = {
  byRequest(request: Request): Promise<Shop | null>;
  /** The cache key of a shared page, from memory; null until the shop has been read once. */
  keyOf(request: Request): string | null;
  /** Reads the catalogue's revision again: after a notification, or on a timer. */
  refresh(): Promise<void>;
};

/** Finds shops by host name and knows what their shared pages stand on. */
export function shopsOf(runtime: Runtime): Shops {
  const kept = new Map<string, Kept>();
  let revision = '';
  const read = async (request: Request): Promise<Shop | null> => {
    const url = new URL(request.url);
    const known = kept.get(url.host);
    if (known && known.untilMs > Date.now()) return known.shop;
    const shop = await readShop(runtime, url);
    kept.delete(url.host);
    kept.set(url.host, { shop, untilMs: Date.now() + KEPT_MS, today: '', todayUntilMs: 0 });
    if (kept.size > HOSTS_MAX) kept.delete(kept.keys().next().value ?? '');
    return shop;
  };
  return {
    byRequest: read,
    keyOf: ({ url }) => {
      const known = kept.get(hostIn(url));
      const nowMs = Date.now();
      if (!known?.shop || known.untilMs <= nowMs || revision === '') return null;
      return `${known.shop.brand.id} ${revision} ${todayOf(runtime, known, nowMs)} ${url}`;
    },
    refresh: async () => {
      const found = await transact(runtime, { kind: 'system', name: 'store' }, catalogueRevision);
      revision = String(found);
    },
  };
}

/** The host of an address with its port; what a URL is parsed for, without the rest of its cost. */
function hostIn(url: string): string {
  const start = url.indexOf('//') + 2;
  const end = url.indexOf('/', start);
  return end === -1 ? url.slice(start) : url.slice(start, end);
}

/** Prices change at midnight of the billing zone, whoever publishes nothing: looked at each second. */
function todayOf(runtime: Runtime, known: Kept, nowMs: number): string {
  if (!known.shop || nowMs < known.todayUntilMs) return known.today;
  known.today = localDate(runtime.clock.now(), known.shop.seller.zone).toString();
  known.todayUntilMs = nowMs + TODAY_MS;
  return known.today;
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
