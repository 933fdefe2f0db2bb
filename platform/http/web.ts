import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { assetFiles } from './web/asset-files.ts';
import { bundleAssets } from './web/bundle-assets.ts';
import { type KeptPage, pageCache } from './web/page-cache.ts';
import { documentHeaders } from './web/security-headers.ts';
import { serverBundle, type StoreAnswer } from './web/server-bundle.ts';

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
  app.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /account\nDisallow: /admin\n'));
  app.get('*', await storePages(options, web));
  return app;
}

type Web = Awaited<ReturnType<typeof serverBundle>>;

async function storePages<Brand extends { accent: string }>(options: WebOptions<Brand>, web: Web) {
  const assetsOf = await bundleAssets(options.distDir, 'store');
  const cache = pageCache();

  async function visit(request: Request): Promise<StoreAnswer | null> {
    const brand = await options.brandOf(request);
    if (!brand) return null;
    return web.visitStore({
      url: new URL(request.url),
      brand,
      api: options.apiFor(request, brand),
      acceptLanguage: request.headers.get('accept-language') ?? '',
      assetsOf,
    });
  }

  return async function servePage(c: Context): Promise<Response> {
    const key = options.cacheKey(c.req.raw);
    const known = key === null ? undefined : cache.get(key);
    if (known) return sendKept(c, known);
    try {
      const answer = await visit(c.req.raw);
      if (!answer) return c.text('no shop answers to this name', 404);
      if (answer.kind === 'redirect') return redirect(answer.to);
      const headers = documentHeaders(answer.policy);
      if (key !== null && answer.shared && answer.status === 200) {
        return sendKept(
          c,
          await cache.keep(key, answer.html, { ...headers, 'cache-control': 'no-cache' }),
        );
      }
      return new Response(answer.html, {
        status: answer.status,
        headers: { ...headers, 'cache-control': 'no-store' },
      });
    } catch (error) {
      const id = randomUUID();
      options.onFailure(error, id);
      const { html, policy } = web.failureDocument(new URL(c.req.url).pathname, id);
      return new Response(html, {
        status: 500,
        headers: { ...documentHeaders(policy), 'cache-control': 'no-store' },
      });
    }
  };
}

/** `no-cache` with an ETag: a browser asks each time and mostly hears "still the same". */
function sendKept(c: Context, page: KeptPage): Response {
  if (c.req.header('if-none-match') === page.etag) {
    return new Response(null, { status: 304, headers: page.headers });
  }
  const accepted = c.req.header('accept-encoding') ?? '';
  if (accepted.includes('br')) return encoded(page, page.br, 'br');
  if (accepted.includes('gzip')) return encoded(page, page.gzip, 'gzip');
  return new Response(page.plain, { headers: page.headers });
}

function encoded(page: KeptPage, body: Uint8Array<ArrayBuffer>, encoding: string): Response {
  return new Response(body, { headers: { ...page.headers, 'content-encoding': encoding } });
}

/** Languages decide where `/` leads, so nobody may keep the answer. */
function redirect(to: string): Response {
  const location = to.replace(/^\/+/, '/');
  return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store' } });
}
