import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** A drawn page ready to be sent, in each encoding a browser may ask for. */
export type KeptPage = {
  etag: string;
  /** What it takes of the memory, all encodings together. */
  bytes: number;
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

const BYTES_MAX = 64 * 1024 * 1024;

/**
 * Pages by key, the longest unused forgotten first once they take too much room: addresses with
 * made-up queries cannot fill the memory. Keys hold everything that a page depends on.
 */
export function pageCache(bytesMax = BYTES_MAX): PageCache {
  const pages = new Map<string, KeptPage>();
  let bytes = 0;
  function forget(key: string): void {
    bytes -= pages.get(key)?.bytes ?? 0;
    pages.delete(key);
  }
  return {
    get(key) {
      const page = pages.get(key);
      if (page) {
        pages.delete(key);
        pages.set(key, page);
      }
      return page;
    },
    async keep(key, html, headers) {
      const page = await kept(html, headers);
      forget(key);
      pages.set(key, page);
      bytes += page.bytes;
      for (const oldest of pages.keys()) {
        if (bytes <= bytesMax) break;
        forget(oldest);
      }
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
    bytes: html.length * 2 + br.length + gz.length,
    plain: html,
    br: new Uint8Array(br),
    gzip: new Uint8Array(gz),
    headers: all,
    brHeaders: { ...all, 'content-encoding': 'br' },
    gzipHeaders: { ...all, 'content-encoding': 'gzip' },
  };
}
