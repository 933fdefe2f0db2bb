import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { refuse } from '#kit/refusal.ts';
import { findBrandByHost } from '#domains/brands/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Identified, Identify } from '#platform/http/api.ts';
import { transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import { selectApiKeyByHash, touchApiKey } from './api-key-store.ts';
import { tokenHash } from './auth-store.ts';
import { brandSecret, sessionCookieName } from './brand-auth.ts';
import { chooseActor } from './choose-actor.ts';
import type { Place } from './choose-actor.ts';
import { isOwnPage, originOf } from './request-origin.ts';
import { selectSession } from './store.ts';

const API_KEY = /^Bearer (stk_[A-Za-z0-9_-]{43})$/;
/** How long a host name's brand is believed without asking again. */
const BRAND_MS = 5000;
const HOSTS_MAX = 1000;

/**
 * Who sends a request: the brand by its host name, the actor by API key or session cookie.
 * A cookie that is no live session of this brand is no cookie; a key that is none is refused
 * (`not-signed-in`), because whoever sends one believes it works.
 */
export function identify(runtime: Runtime): Identify {
  const brandOf = brandFinder(runtime);
  return async (request, address): Promise<Identified> => {
    const { host, origin } = originOf(request);
    const brandId = await brandOf(host);
    const place = { brandId, address };
    const bearer = request.headers.get('authorization');
    if (bearer !== null) {
      const actor = await actorOfKey(runtime, bearer, place);
      return { actor, brandId, origin, trustedOrigin: true };
    }
    const token = sessionToken(runtime, request.headers, brandId, origin);
    const actor = token === null ? visitor(place) : await actorOfSession(runtime, token, place);
    return { actor, brandId, origin, trustedOrigin: isOwnPage(request.headers, host) };
  };
}

function visitor(place: Place): Actor {
  return { kind: 'anonymous', ...place };
}

async function actorOfKey(runtime: Runtime, bearer: string, place: Place): Promise<Actor> {
  const key = API_KEY.exec(bearer)?.[1];
  if (!key) refuse('not-signed-in');
  const hash = createHash('sha256').update(key).digest('hex');
  const found = await selectApiKeyByHash(runtime.db, place.brandId, hash);
  if (!found || refusedInProduction(runtime, found)) refuse('not-signed-in');
  if (found.stale) await touchApiKey(runtime.db, found.id);
  const actor = chooseActor(found.person, found.actingAs, place, found.scopes);
  if (actor.kind === 'anonymous') refuse('not-signed-in');
  return actor;
}

async function actorOfSession(runtime: Runtime, token: string, place: Place): Promise<Actor> {
  const found = await selectSession(runtime.db, place.brandId, tokenHash(token));
  if (!found || refusedInProduction(runtime, found)) return visitor(place);
  return chooseActor(found.person, found.actingAs, place, null);
}

function refusedInProduction(runtime: Runtime, { demo }: { demo: boolean }): boolean {
  return demo && runtime.mode === 'production';
}

/**
 * The token in the session cookie, once its signature by this brand's key is found right.
 * The form is better-auth's: `token.base64(hmac-sha256)`, percent-encoded.
 */
export function sessionToken(
  runtime: Runtime,
  headers: Headers,
  brandId: string,
  origin: string,
): string | null {
  const value = cookieValue(headers.get('cookie') ?? '', sessionCookieName(origin));
  const cut = value.lastIndexOf('.');
  if (cut <= 0) return null;
  const token = value.slice(0, cut);
  const given = Buffer.from(value.slice(cut + 1), 'base64');
  const due = createHmac('sha256', brandSecret(runtime, brandId)).update(token).digest();
  return given.length === due.length && timingSafeEqual(given, due) ? token : null;
}

function cookieValue(header: string, name: string): string {
  for (const part of header.slice(0, 16_000).split(';')) {
    const [key, value = ''] = part.trim().split(/=(.*)/s);
    if (key !== name) continue;
    try {
      return decodeURIComponent(value);
    } catch {
      return '';
    }
  }
  return '';
}

/** Which brand has a host name, remembered for seconds: every request asks. */
function brandFinder(runtime: Runtime): (host: string) => Promise<string> {
  const known = new Map<string, { brandId: string; until: number }>();
  return async (host) => {
    const found = known.get(host);
    if (found && found.until > Date.now()) return found.brandId;
    known.delete(host);
    const brand = await transact(runtime, { kind: 'system', name: 'identify' }, (ctx) =>
      findBrandByHost(ctx, host),
    );
    if (!brand) refuse('brand-not-found');
    if (known.size >= HOSTS_MAX) known.clear();
    known.set(host, { brandId: brand.id, until: Date.now() + BRAND_MS });
    return brand.id;
  };
}
