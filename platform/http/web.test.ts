import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { webRoutes } from './web.ts';

/** A server bundle as small as one can be; it counts its visits and may be told to fail. */
const SERVER = `
export const visits = [];
export const faviconSvg = (accent) => '<svg fill="' + accent + '"/>';
export const panelDocument = (assets) => ({ html: 'panel ' + assets.script, policy: 'panel-policy' });
export const failureDocument = (pathname, id) => ({ html: 'failed ' + id, policy: 'failure-policy' });
export const sitemapOf = async ({ brand }) => '<urlset>' + brand.name + '</urlset>';
export async function visitStore({ url, brand, assetsOf }) {
  visits.push(url.pathname);
  if (url.pathname === '/') return { kind: 'redirect', to: '//evil.example/ru' };
  if (url.pathname === '/ru/broken') throw new Error('no data');
  const { script, preloads } = assetsOf('domains/catalog/plans.tsx');
  const html = [brand.name, url.pathname, script, ...preloads].join(' ').padEnd(2000, '.');
  const shared = url.pathname !== '/ru/cart';
  const status = url.pathname === '/ru/none' ? 404 : 200;
  return { kind: 'page', status, html, shared, policy: 'store-policy' };
}
`;

const SCRIPT = `console.log(${JSON.stringify('x'.repeat(2000))})`;
let distDir: string;
let edition = 1;
const failures: string[] = [];

beforeAll(async () => {
  distDir = await mkdtemp(join(tmpdir(), 'stoika-web-'));
  const files = {
    'store-server/package.json': '{"type":"module"}',
    'store-server/server.js': SERVER,
    'panel/.vite/manifest.json': '{"main.tsx":{"file":"main-1.js","isEntry":true}}',
    'panel/main-1.js': SCRIPT,
    'store/.vite/manifest.json': JSON.stringify({
      'client.tsx': { file: 'client-1.js', isEntry: true, imports: ['_shared.js'] },
      '_shared.js': { file: 'shared-1.js' },
      'domains/catalog/plans.tsx': { file: 'plans-1.js', imports: ['_shared.js', 'client.tsx'] },
    }),
    'store/client-1.js': SCRIPT,
    'store/client-1.js.gz': gzipSync(SCRIPT),
  };
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(distDir, name, '..'), { recursive: true });
    await writeFile(join(distDir, name), content);
  }
});

afterAll(() => rm(distDir, { recursive: true }));

beforeEach(() => {
  edition += 1;
});

async function shop() {
  return await webRoutes({
    distDir,
    brandOf: async (request) =>
      request.headers.get('host') === 'nobody.example'
        ? null
        : { name: 'Полка', accent: '#123456' },
    apiFor: () => ({}),
    cacheKey: (request) => (request.url.includes('?') ? null : `${edition} ${request.url}`),
    onFailure: (error, id) => failures.push(`${String(error)} ${id}`),
  });
}

async function visitsTo(pathname: string): Promise<number> {
  const { visits } = (await import(join(distDir, 'store-server/server.js'))) as {
    visits: string[];
  };
  return visits.filter((visit) => visit === pathname).length;
}

test('a shared page is drawn once, and drawn anew when its catalogue has changed', async () => {
  const app = await shop();
  const first = await app.request('/ru/plans');
  const second = await app.request('/ru/plans');
  expect(await first.text()).toBe(await second.text());
  expect(await visitsTo('/ru/plans')).toBe(1);
  edition += 1;
  await app.request('/ru/plans');
  expect(await visitsTo('/ru/plans')).toBe(2);
});

test('twenty visitors at once make the page be drawn once', async () => {
  const app = await shop();
  await Promise.all(Array.from({ length: 20 }, async () => app.request('/ru/rush')));
  expect(await visitsTo('/ru/rush')).toBe(1);
});

test('what is made for one visitor is never kept', async () => {
  const app = await shop();
  const cart = await app.request('/ru/cart');
  const zipped = await app.request('/ru/cart', { headers: { 'accept-encoding': 'gzip' } });
  expect(gunzipSync(await zipped.arrayBuffer()).toString()).toBe(await cart.text());
  expect(cart.headers.get('cache-control')).toBe('no-store');
  expect(await visitsTo('/ru/cart')).toBe(2);
});

test('a page names the module it needs, so that the browser need not find out', async () => {
  const app = await shop();
  const html = await (await app.request('/ru/modules')).text();
  expect(html).toContain('/assets/store/client-1.js');
  expect(html).toContain('/assets/store/plans-1.js');
});

test('a browser that holds the page already hears only that nothing changed', async () => {
  const app = await shop();
  const first = await app.request('/ru/plans');
  const etag = first.headers.get('etag') ?? '';
  const again = await app.request('/ru/plans', { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe('');
});

test('pages travel compressed as the browser asks', async () => {
  const app = await shop();
  const plain = await (await app.request('/ru/plans')).text();
  const ask = (encoding: string) =>
    app.request('/ru/plans', { headers: { 'accept-encoding': encoding } });
  const br = await ask('gzip, br');
  expect(br.headers.get('content-encoding')).toBe('br');
  expect(brotliDecompressSync(await br.arrayBuffer()).toString()).toBe(plain);
  const gz = await ask('gzip');
  expect(gz.headers.get('content-encoding')).toBe('gzip');
  expect(gunzipSync(await gz.arrayBuffer()).toString()).toBe(plain);
});

test('documents carry their security policy', async () => {
  const app = await shop();
  for (const [path, policy] of [
    ['/ru/plans', 'store-policy'],
    ['/admin/clients/cli_1', 'panel-policy'],
  ] as const) {
    const { headers } = await app.request(path);
    expect(headers.get('content-security-policy')).toBe(policy);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
  }
});

test('a page that cannot be drawn says so with the id under which it is logged', async () => {
  const app = await shop();
  const answer = await app.request('/ru/broken');
  expect(answer.status).toBe(500);
  const id = (await answer.text()).replace('failed ', '');
  expect(failures.at(-1)).toBe(`Error: no data ${id}`);
});

test('absent pages and unknown hosts are 404, and a redirect never leaves the shop', async () => {
  const app = await shop();
  expect((await app.request('/ru/none')).status).toBe(404);
  const nobody = await app.request('/ru', { headers: { host: 'nobody.example' } });
  expect(nobody.status).toBe(404);
  const home = await app.request('/');
  expect(home.status).toBe(302);
  expect(home.headers.get('location')).toBe('/evil.example/ru');
});

test('search engines find the sitemap of the shop and stay out of the panels', async () => {
  const app = await shop();
  const robots = await (await app.request('http://polka.example/robots.txt')).text();
  expect(robots).toContain('Disallow: /account');
  expect(robots).toContain('Sitemap: http://polka.example/sitemap.xml');
  const sitemap = await app.request('/sitemap.xml');
  expect(sitemap.headers.get('content-type')).toBe('application/xml');
  expect(await sitemap.text()).toBe('<urlset>Полка</urlset>');
});

test('built files may be kept for ever, and no other file can be reached', async () => {
  const app = await shop();
  const script = await app.request('/assets/store/client-1.js', {
    headers: { 'accept-encoding': 'gzip' },
  });
  expect(script.headers.get('cache-control')).toContain('immutable');
  expect(gunzipSync(await script.arrayBuffer()).toString()).toBe(SCRIPT);
  for (const path of [
    '/assets/store/..%2fstore-server%2fserver.js',
    '/assets/store/.vite/manifest.json',
    '/assets/store/absent.js',
  ]) {
    expect((await app.request(path)).status, path).toBe(404);
  }
});
