import { renderToString } from 'react-dom/server';
import { createTranslator } from 'use-intl';
import type { Texts } from '#kit/compose-texts.ts';
import type { ApiClient } from '../api.ts';
import { type PageAssets, policyOf } from '../document.ts';
import { matchPath } from '../path.ts';
import { storePaths } from '../paths.ts';
import { texts as english } from '../texts/all-en.ts';
import { texts as russian } from '../texts/all-ru.ts';
import { isLocale, type Locale, pickTexts } from '../texts.ts';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { headOf, inlineParts, scriptSafeJson } from './head.ts';
import { preferredLocale } from './preferred-locale.ts';
import { storeRoutes } from './routes.ts';
import { StoreApp } from './store-app.tsx';
import type { StoreBrand } from './store-brand.ts';
import type { AnyStorePage, PageData, PageMeta, Say, StoreRoute } from './store-page.ts';

/** What the HTTP side hands in for one request. */
export type StoreVisit = {
  url: URL;
  brand: StoreBrand;
  api: ApiClient;
  /** The visitor's `Accept-Language`; decides where `/` leads. */
  acceptLanguage: string;
  assetsOf: (source: string | undefined) => PageAssets;
};

export type StoreAnswer =
  | { kind: 'redirect'; to: string }
  | {
      kind: 'page';
      status: 200 | 404;
      html: string;
      /** The same for every visitor of this brand, so it may be kept. */
      shared: boolean;
      /** The content security policy that fits this page. */
      policy: string;
    };

const ALL_TEXTS: Readonly<Record<Locale, Texts>> = { ru: russian, en: english };
/** What the frame and the simplest components say; a page with others names their texts (`ui.step`). */
const COMMON_TEXTS = [
  'store',
  'ui.cancel',
  'ui.close',
  'ui.failure',
  'ui.language',
  'ui.loading',
  'ui.notFound',
  'ui.optional',
  'ui.password',
  'ui.retry',
  'ui.theme',
];

/** Draws one page of the store. Throws when its data cannot be had. */
export async function visitStore(visit: StoreVisit): Promise<StoreAnswer> {
  const { url, brand } = visit;
  const first = url.pathname.split('/')[1] ?? '';
  if (url.pathname === '/') {
    const locale = preferredLocale(visit.acceptLanguage, brand);
    return { kind: 'redirect', to: storePaths.home({ locale }) + url.search };
  }
  if (url.pathname.endsWith('/')) {
    return {
      kind: 'redirect',
      to: url.pathname.replace(/\/+$/, '').replace(/^\/*/, '/') + url.search,
    };
  }
  const locale = isLocale(first) && brand.languages.includes(first) ? first : brand.defaultLanguage;
  const found = first === locale ? routeAt(url.pathname) : null;
  if (!found) return lost(visit, locale);
  const page = await found.route.page();
  const request = { api: visit.api, brand, locale, params: found.params, search: url.searchParams };
  const data: unknown = page.load ? await page.load(request) : null;
  if (isObject(data) && 'redirectTo' in data)
    return { kind: 'redirect', to: String(data['redirectTo']) };
  if (isObject(data) && 'absent' in data) return lost(visit, locale);
  return draw(visit, locale, { ...found, page, data });
}

type Found = { index: number; route: StoreRoute; params: Record<string, string> };

function routeAt(pathname: string): Found | null {
  for (const [index, route] of storeRoutes.entries()) {
    const params = matchPath(route.path.pattern, pathname);
    if (params) return { index, route, params };
  }
  return null;
}

function draw(
  visit: StoreVisit,
  locale: Locale,
  found: Found & { page: AnyStorePage; data: unknown },
): StoreAnswer {
  const { Screen, meta } = found.page;
  const page = pageData(visit, locale, found.index, found.route.texts, found.data);
  const say = speakerOf(page);
  const shared = found.route.shared !== false;
  const words: PageMeta = meta({ data: found.data, say, brand: visit.brand, locale });
  const body = renderToString(
    <StoreApp page={page}>
      <Screen data={found.data} />
    </StoreApp>,
  );
  const head = headOf(
    page,
    shared ? words : { ...words, noindex: true },
    visit.assetsOf(found.route.source),
  );
  return answer(page, 200, head, body, visit.assetsOf(found.route.source).script, shared);
}

function lost(visit: StoreVisit, locale: Locale): StoreAnswer {
  const page = pageData(visit, locale, null, [], null);
  const assets = visit.assetsOf(undefined);
  const meta = { title: speakerOf(page)('store.notFoundTitle'), noindex: true };
  const body = renderToString(
    <StoreApp page={page}>
      <NotFoundPage homeHref={storePaths.home({ locale })} />
    </StoreApp>,
  );
  return answer(page, 404, headOf(page, meta, assets), body, assets.script, false);
}

function pageData(
  { url, brand }: StoreVisit,
  locale: Locale,
  route: number | null,
  texts: readonly string[],
  data: unknown,
): PageData {
  return {
    route,
    locale,
    brand: { ...brand, legal: { [locale]: brand.legal?.[locale] ?? [brand.name] } },
    texts: pickTexts(ALL_TEXTS[locale], [...COMMON_TEXTS, ...texts]),
    place: { pathname: url.pathname, search: url.search },
    data,
  };
}

function answer(
  page: PageData,
  status: 200 | 404,
  head: string,
  body: string,
  script: string,
  shared: boolean,
): StoreAnswer {
  const html =
    `<!doctype html><html lang="${page.locale}"><head>${head}</head><body>` +
    `<div id="root">${body}</div>` +
    `<script type="application/json" id="page-data">${scriptSafeJson(page)}</script>` +
    `<script type="module" fetchpriority="low" src="${script}"></script></body></html>`;
  return { kind: 'page', status, html, shared, policy: policyOf(inlineParts(page.brand)) };
}

/** The page's texts as a function; their keys are data, so the types know none of them. */
function speakerOf({ locale, texts }: PageData): Say {
  return createTranslator({ locale, messages: texts as never }) as unknown as Say;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
