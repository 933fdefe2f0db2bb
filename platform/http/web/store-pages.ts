import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from 'hono';
import type { WebOptions } from '../web.ts';
import { bundleAssets } from './bundle-assets.ts';
import { type KeptPage, pageCache } from './page-cache.ts';
import { documentHeaders } from './security-headers.ts';
import type { ServerBundle, StoreAnswer } from './server-bundle.ts';

const zip = promisify(gzip);

type Drawn = { kept: KeptPage } | { answer: StoreAnswer | null };

/** The handler of every address that is neither file, panel nor API: the shop. */
export async function storePages<Brand extends { accent: string }>(
  options: WebOptions<Brand>,
  web: ServerBundle,
): Promise<(c: Context) => Promise<Response>> {
  const assetsOf = await bundleAssets(options.distDir, 'store');
  const cache = pageCache();
  const drawing = new Map<string, Promise<Drawn>>();

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

  async function draw(request: Request, key: string | null): Promise<Drawn> {
    const answer = await visit(request);
    if (key === null || answer?.kind !== 'page' || !answer.shared || answer.status !== 200) {
      return { answer };
    }
    const headers = { ...documentHeaders(answer.policy), 'cache-control': 'no-cache' };
    return { kept: await cache.keep(key, answer.html, headers) };
  }

  /** Whoever comes while a page is being drawn waits for it, and takes it if it is for everyone. */
  async function drawOnce(request: Request, key: string): Promise<Drawn> {
    const ahead = drawing.get(key);
    if (ahead) {
      const theirs = await ahead.catch(() => null);
      if (theirs && 'kept' in theirs) return theirs;
    }
    const mine = draw(request, key);
    drawing.set(key, mine);
    try {
      return await mine;
    } finally {
      if (drawing.get(key) === mine) drawing.delete(key);
    }
  }

  return async function servePage(c: Context): Promise<Response> {
    const request = c.req.raw;
    const key = options.cacheKey(request);
    const known = key === null ? undefined : cache.get(key);
    if (known) return sendKept(request, known);
    try {
      const drawn = await (key === null ? draw(request, null) : drawOnce(request, key));
      return 'kept' in drawn
        ? sendKept(request, drawn.kept)
        : await sendAnswer(request, drawn.answer);
    } catch (error) {
      const id = randomUUID();
      options.onFailure(error, id);
      const { html, policy } = web.failureDocument(new URL(request.url).pathname, id);
      return sendDocument(request, html, policy, 500);
    }
  };
}

async function sendAnswer(request: Request, answer: StoreAnswer | null): Promise<Response> {
  if (!answer) return new Response('no shop answers to this name', { status: 404 });
  if (answer.kind === 'redirect') return redirect(answer.to);
  return sendDocument(request, answer.html, answer.policy, answer.status);
}

async function sendDocument(request: Request, html: string, policy: string, status: number) {
  const headers = { ...documentHeaders(policy), 'cache-control': 'no-store' };
  const accepted = request.headers.get('accept-encoding') ?? '';
  if (!accepted.includes('gzip')) return new Response(html, { status, headers });
  const body = new Uint8Array(await zip(html));
  return new Response(body, { status, headers: { ...headers, 'content-encoding': 'gzip' } });
}

/** `no-cache` with an ETag: a browser asks each time and mostly hears "still the same". */
function sendKept(request: Request, page: KeptPage): Response {
  if (request.headers.get('if-none-match') === page.etag) {
    return new Response(null, { status: 304, headers: page.headers });
  }
  const accepted = request.headers.get('accept-encoding') ?? '';
  if (accepted.includes('br')) return new Response(page.br, { headers: page.brHeaders });
  if (accepted.includes('gzip')) return new Response(page.gzip, { headers: page.gzipHeaders });
  return new Response(page.plain, { headers: page.headers });
}

/** A path within the shop, never another host. The visitor's language decides, so nobody keeps it. */
function redirect(to: string): Response {
  const location = to.replace(/^\/+/, '/');
  return new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store' } });
}
