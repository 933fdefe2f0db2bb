import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PageAssets } from './bundle-assets.ts';

export type WebDocument = { html: string; policy: string };

export type StoreAnswer =
  | { kind: 'redirect'; to: string }
  | { kind: 'page'; status: 200 | 404; html: string; shared: boolean; policy: string };

export type StoreVisit = {
  url: URL;
  brand: { accent: string };
  api: unknown;
  acceptLanguage: string;
  assetsOf: (source?: string) => PageAssets;
};

/** What `web/server.ts` exports, built. JSX cannot run on Node's type stripping, so it is a bundle. */
export type ServerBundle = {
  faviconSvg: (accent: string) => string;
  panelDocument: (assets: PageAssets) => WebDocument;
  failureDocument: (pathname: string, id: string) => WebDocument;
  sitemapOf: (shop: { brand: unknown; api: unknown }) => Promise<string>;
  visitStore: (visit: StoreVisit) => Promise<StoreAnswer>;
};

export async function serverBundle(distDir: string): Promise<ServerBundle> {
  const file = resolve(distDir, 'store-server/server.js');
  return (await import(pathToFileURL(file).href)) as ServerBundle;
}
