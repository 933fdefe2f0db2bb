import type { ApiClient } from '../api.ts';
import { escapeHtml } from '../document.ts';
import { path } from '../path.ts';
import type { Locale } from '../texts.ts';
import { storeRoutes } from './routes.ts';
import type { StoreBrand } from './store-brand.ts';
import type { StoreRoute } from './store-page.ts';

type Shop = { brand: StoreBrand; api: ApiClient };

/** Every page of the shop that is the same for all, in every language (sitemaps.org 0.9). */
export async function sitemapOf(shop: Shop): Promise<string> {
  const shared = storeRoutes.filter((route) => route.shared !== false);
  const paths = await Promise.all(
    shop.brand.languages.map((locale) =>
      Promise.all(shared.map((route) => addressesOf(route, locale, shop))),
    ),
  );
  const urls = paths.flat(2).map((address) => `<url><loc>${escapeHtml(address)}</loc></url>`);
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>`
  );
}

async function addressesOf(route: StoreRoute, locale: Locale, shop: Shop): Promise<string[]> {
  const page = await route.page();
  const { pattern } = route.path;
  const alone = pattern.split('$').length === 2;
  const sets = page.addresses ? await page.addresses({ ...shop, locale }) : alone ? [{}] : [];
  const build = path(pattern) as (params: Record<string, string>) => string;
  return sets.map((params) => shop.brand.origin + build({ ...params, locale }));
}
