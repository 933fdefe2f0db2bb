import { refuse } from '#kit/refusal.ts';

const HOST = /^([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])\.?(?::(\d{1,5}))?$/;

export type RequestOrigin = {
  /** Host name without its port, lower case. */
  host: string;
  /** `https://shop.example:8443`, as a link back to this shop has to begin. */
  origin: string;
};

/**
 * Where a request believes to be. The name counts only once a brand has it; until then nothing
 * is built from it. Refuses what is no host name.
 */
export function originOf(request: Request): RequestOrigin {
  const url = new URL(request.url);
  const match = HOST.exec((request.headers.get('host') ?? url.host).toLowerCase());
  const [, host, port] = match ?? [];
  if (!host) refuse('brand-not-found');
  const secure = url.protocol === 'https:' || request.headers.get('x-forwarded-proto') === 'https';
  return { host, origin: `${secure ? 'https' : 'http'}://${host}${port ? `:${port}` : ''}` };
}

/**
 * True when no other site can be behind the request. Our pages send a header that a foreign page
 * may not send without asking first, and the browser names the page's origin itself.
 */
export function isOwnPage(headers: Headers, host: string): boolean {
  if (headers.get('x-stoika-request') !== '1') return false;
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') return false;
  const origin = headers.get('origin');
  if (origin === null) return true;
  return URL.canParse(origin) && new URL(origin).hostname === host;
}
