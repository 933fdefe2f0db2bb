import { refuse } from '#kit/refusal.ts';
import type { HttpContext } from '#platform/http/http-context.ts';
import { tokenHash } from './auth-store.ts';
import { sessionToken } from './identify.ts';

/** The hash of the session this request came in; refuses `not-signed-in` for an API key. */
export function sessionHash(http: HttpContext): string {
  const token = sessionToken(http.runtime, http.headers, http.brandId, http.origin);
  if (token === null) refuse('not-signed-in');
  return tokenHash(token);
}

/** The hash of the session whose cookie is on its way to the browser; else of the present one. */
export function issuedSessionHash(http: HttpContext): string {
  const issued = http.responseHeaders
    .getSetCookie()
    .map((line) => new Headers({ cookie: line.split(';', 1)[0] ?? '' }))
    .map((headers) => sessionToken(http.runtime, headers, http.brandId, http.origin))
    .findLast((token) => token !== null);
  return issued ? tokenHash(issued) : sessionHash(http);
}

/** The id of the person who asks, whoever they act for; refuses `not-signed-in`. */
export function personOf({ actor }: Pick<HttpContext, 'actor'>): string {
  if (actor.kind !== 'client' && actor.kind !== 'staff') refuse('not-signed-in');
  return actor.userId;
}
