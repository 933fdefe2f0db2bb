import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context } from 'hono';

type Asset = { body: Uint8Array<ArrayBuffer>; headers: Record<string, string> };

const TYPE: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json',
  woff2: 'font/woff2',
  png: 'image/png',
  webp: 'image/webp',
  jpg: 'image/jpeg',
};

/**
 * Serves one built bundle. Its files carry their hash in their names, so they may be kept for
 * ever; only names that were there at the start are answered, so no path leads elsewhere.
 */
export async function assetFiles(distDir: string, bundle: string) {
  const folder = resolve(distDir, bundle);
  const names = new Set(
    (await readdir(folder, { withFileTypes: true })).filter((e) => e.isFile()).map((e) => e.name),
  );
  const loaded = new Map<string, Promise<Asset>>();

  return async function serveAsset(c: Context): Promise<Response> {
    const name = c.req.param('file') ?? '';
    if (!names.has(name)) return c.text('not found', 404);
    const variant = variantOf(name, names, c.req.header('accept-encoding') ?? '');
    let asset = loaded.get(variant);
    if (!asset) loaded.set(variant, (asset = load(folder, name, variant)));
    const { body, headers } = await asset;
    return new Response(body, { headers });
  };
}

function variantOf(name: string, names: ReadonlySet<string>, accepted: string): string {
  if (accepted.includes('br') && names.has(`${name}.br`)) return `${name}.br`;
  if (accepted.includes('gzip') && names.has(`${name}.gz`)) return `${name}.gz`;
  return name;
}

async function load(folder: string, name: string, variant: string): Promise<Asset> {
  const extension = name.split('.').at(-1) ?? '';
  const encoding = { br: 'br', gz: 'gzip' }[variant.split('.').at(-1) ?? ''];
  const body = new Uint8Array(await readFile(resolve(folder, variant)));
  return {
    body,
    headers: {
      'content-type': TYPE[extension] ?? 'application/octet-stream',
      'content-length': String(body.length),
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      vary: 'accept-encoding',
      ...(encoding && variant !== name ? { 'content-encoding': encoding } : {}),
    },
  };
}
