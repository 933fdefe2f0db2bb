import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** A drawn page ready to be sent, in each encoding a browser may ask for. */
export type KeptPage = {
  etag: string;
  plain: string;
  br: Uint8Array<ArrayBuffer>;
  gzip: Uint8Array<ArrayBuffer>;
  headers: Record<string, string>;
  brHeaders: Record<string, string>;
  gzipHeaders: Record<string, string>;
};

export type PageCache = {
  get: (key: string) => KeptPage | undefined;
  keep: (key: string, html: string, headers: Record<string, string>) => Promise<KeptPage>;
};

/** Pages by key, the oldest forgotten first. Keys hold what the page depends on. */
export function pageCache(pagesMax = 2000): PageCache {
  const pages = new Map<string, KeptPage>();
  return {
    get(key) {
      return pages.get(key);
    },
    async keep(key, html, headers) {
      const page = await kept(html, headers);
      pages.set(key, page);
      const oldest = pages.keys().next().value;
      if (pages.size > pagesMax && oldest !== undefined) pages.delete(oldest);
      return page;
    },
  };
}

async function kept(html: string, headers: Record<string, string>): Promise<KeptPage> {
  const etag = `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 6 };
  const [br, gz] = await Promise.all([brotli(html, { params }), zip(html)]);
  const all = { ...headers, etag, vary: 'accept-encoding' };
  return {
    etag,
    plain: html,
    br: new Uint8Array(br),
    gzip: new Uint8Array(gz),
    headers: all,
    brHeaders: { ...all, 'content-encoding': 'br' },
    gzipHeaders: { ...all, 'content-encoding': 'gzip' },
  };
}
