import type { ComponentType } from 'react';
import type { ApiClient } from '../api.ts';
import type { Locale } from '../texts.ts';
import type { StoreBrand } from './store-brand.ts';

/** What a page may look at while it loads, on the server. */
export type StoreRequest = {
  api: ApiClient;
  brand: StoreBrand;
  locale: Locale;
  params: Readonly<Record<string, string>>;
  search: URLSearchParams;
};

/** For search engines and link previews. */
export type PageMeta = {
  title: string;
  description?: string;
  /** Kept out of indexes: carts, sign-in, search results. */
  noindex?: boolean;
  /** schema.org objects, without `@context`. */
  jsonLd?: readonly Readonly<Record<string, unknown>>[];
  imageUrl?: string;
};

/** Words by key in the page's language, for `meta`. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

/** What the store's screens export: how they load, what they are called, how they look. */
export type StorePage<Data = null> = {
  /** Plain JSON data; `redirect` and `absent` are the other answers. */
  load?: (request: StoreRequest) => Promise<Data | Redirect | Absent>;
  meta: (input: { data: Data; say: Say; brand: StoreBrand; locale: Locale }) => PageMeta;
  Screen: ComponentType<{ data: Data }>;
  /**
   * For the sitemap: the parameters of each of its pages beside `locale`. Without it a page that
   * has no other parameter is listed once, and one that has is not listed.
   */
  addresses?: (
    shop: Pick<StoreRequest, 'api' | 'brand' | 'locale'>,
  ) => Promise<readonly Readonly<Record<string, string>>[]>;
};

export type Redirect = { redirectTo: string };
export type Absent = { absent: true };

/** One page of the store: one line in `web/store/routes.ts`. */
export type StoreRoute = {
  /** From `web/paths.ts`. */
  path: { pattern: string };
  /** The texts that travel with the page: `catalog.store`; `refusals` where it calls the API. */
  texts: readonly string[];
  /** False for what is made for one visitor (cart, sign-in): never kept, never indexed. */
  shared?: boolean;
  page: () => Promise<AnyStorePage>;
  /** Filled in by the build: the module behind `page`. */
  source?: string;
};

// oxlint-disable-next-line typescript/no-explicit-any
export type AnyStorePage = StorePage<any>;

/** What the server hands to the browser so that it continues from the same state. */
export type PageData = {
  route: number | null;
  locale: Locale;
  brand: StoreBrand;
  texts: object;
  place: { pathname: string; search: string };
  data: unknown;
};
