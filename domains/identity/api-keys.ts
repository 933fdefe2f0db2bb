import { createHash, randomBytes } from 'node:crypto';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { countLiveApiKeys, insertApiKey, revokeApiKey, selectApiKeys } from './api-key-store.ts';
import type { ApiKey, KeyOwner } from './api-key-store.ts';
import { personOf } from './current-session.ts';
import { CLIENT_SCOPES } from './scopes.ts';

const KEYS_MAX = 50;
const PREFIX_CHARS = 12;

/** What a key of this actor may be allowed: never more than they may do themselves. */
export function grantableScopes({ actor }: Pick<Ctx, 'actor'>): readonly string[] {
  return actor.kind === 'staff' ? actor.permissions : CLIENT_SCOPES;
}

export async function listApiKeys(ctx: Ctx): Promise<ApiKey[]> {
  return selectApiKeys(ctx, ownerOf(ctx));
}

/** Makes a key for what the person acts for now. The key itself is told this once. */
export async function createApiKey(
  ctx: Ctx,
  input: { name: string; scopes: readonly string[]; days: number | null },
): Promise<ApiKey & { key: string }> {
  const owner = ownerOf(ctx);
  const grantable = grantableScopes(ctx);
  const scopes = [...new Set(input.scopes)];
  const unknown = scopes.find((scope) => !grantable.includes(scope));
  if (unknown !== undefined)
    refuse('scope-unknown', { field: 'scopes', params: { scope: unknown } });
  if ((await countLiveApiKeys(ctx, owner)) >= KEYS_MAX) {
    refuse('too-many-api-keys', { params: { max: KEYS_MAX } });
  }
  const key = `stk_${randomBytes(32).toString('base64url')}`;
  const made = await insertApiKey(ctx, {
    id: ctx.newId('key', 0),
    brandId: brandOf(ctx),
    userId: personOf(ctx),
    owner,
    name: input.name,
    scopes,
    prefix: key.slice(0, PREFIX_CHARS),
    hash: createHash('sha256').update(key).digest('hex'),
    days: input.days,
  });
  return { ...made, key };
}

/** Ends a key at once; ending it again changes nothing. */
export async function endApiKey(ctx: Ctx, id: string): Promise<void> {
  if (!(await revokeApiKey(ctx, ownerOf(ctx), id))) refuse('api-key-not-found');
}

function ownerOf({ actor }: Pick<Ctx, 'actor'>): KeyOwner {
  if (actor.kind === 'client') return { clientId: actor.clientId };
  if (actor.kind === 'staff') return { sellerId: actor.sellerId };
  return refuse('not-signed-in');
}

function brandOf({ actor }: Pick<Ctx, 'actor'>): string {
  return actor.kind === 'client' || actor.kind === 'staff'
    ? actor.brandId
    : refuse('not-signed-in');
}
