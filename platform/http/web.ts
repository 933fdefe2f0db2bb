import { Hono } from 'hono';
import { assetFiles } from './web/asset-files.ts';
import { bundleAssets } from './web/bundle-assets.ts';
import { documentHeaders } from './web/security-headers.ts';
import { serverBundle } from './web/server-bundle.ts';
import { storePages } from './web/store-pages.ts';

export type WebOptions<Brand extends { accent: string }> = {
  /** Where `ensureWebBuilt()` put the bundles. */
  distDir: string;
  /** The brand this host name belongs to; null for a host nobody owns. */
  brandOf: (request: Request) => Promise<Brand | null>;
  /** A client of the API in this process, seeing what this visitor may see. */
  apiFor: (request: Request, brand: Brand) => unknown;
  /**
   * Everything a shared page depends on (brand, edition, address); null when it must be drawn
   * anew. Looked at on every request, so it should come from memory.
   */
  cacheKey: (request: Request) => string | null;
  /** Told of a page that could not be drawn, with the id the visitor sees. */
  onFailure: (error: unknown, id: string) => void;
};

const PANELS = ['/account', '/seller', '/admin'];

/** The built files, the panels and the store: everything that is not the API. */
export async function webRoutes<Brand extends { accent: string }>(
  options: WebOptions<Brand>,
): Promise<Hono> {
  const { distDir } = options;
  const web = await serverBundle(distDir);
  const panel = web.panelDocument((await bundleAssets(distDir, 'panel'))());
  const panelHeaders = { ...documentHeaders(panel.policy), 'cache-control': 'no-cache' };
  const app = new Hono();
  app.get('/assets/panel/:file', await assetFiles(distDir, 'panel'));
  app.get('/assets/store/:file', await assetFiles(distDir, 'store'));
  app.get('/assets/*', (c) => c.text('not found', 404));
  for (const path of PANELS) {
    app.get(path, () => new Response(panel.html, { headers: panelHeaders }));
    app.get(`${path}/*`, () => new Response(panel.html, { headers: panelHeaders }));
  }
  app.get('/favicon.svg', async (c) => {
    const brand = await options.brandOf(c.req.raw);
    c.header('cache-control', 'public, max-age=3600');
    c.header('content-type', 'image/svg+xml');
    return c.body(web.faviconSvg(brand?.accent ?? ''));
  });
  app.get('/robots.txt', (c) => {
    const closed = PANELS.map((path) => `Disallow: ${path}`).join('\n');
    const { origin } = new URL(c.req.url);
    return c.text(`User-agent: *\n${closed}\n\nSitemap: ${origin}/sitemap.xml\n`);
  });
  app.get('/sitemap.xml', async (c) => {
    const brand = await options.brandOf(c.req.raw);
    if (!brand) return c.text('not found', 404);
    const xml = await web.sitemapOf({ brand, api: options.apiFor(c.req.raw, brand) });
    return c.body(xml, 200, { 'content-type': 'application/xml', 'cache-control': 'max-age=3600' });
  });
  app.get('*', await storePages(options, web));
  return app;
}
