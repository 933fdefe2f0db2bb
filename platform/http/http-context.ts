import type { Actor } from '../actor.ts';
import type { Runtime } from '../runtime.ts';

/** One HTTP request as operations may see it: who asks, for which brand, under which key. */
export type HttpContext = {
  runtime: Runtime;
  actor: Actor;
  requestId: string;
  brandId: string;
  /** `https://shop.example:8443`, of a host name that the brand has: links back begin with it. */
  origin: string;
  address: string;
  headers: Headers;
  /** True when the caller proved to be our own page or an API key, so no other site is behind it. */
  trustedOrigin: boolean;
  idempotencyKey: string | null;
  /** Cookies and the like that an operation wants on the answer. */
  responseHeaders: Headers;
};
