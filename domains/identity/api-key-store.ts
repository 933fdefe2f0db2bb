import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { Db, Tx } from '#platform/database/database.ts';
import type { Person } from './choose-actor.ts';

export type ApiKey = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant | null;
  lastUsedAt: Temporal.Instant | null;
  revokedAt: Temporal.Instant | null;
  /** By the machine's own time, as everything here. */
  state: 'live' | 'ended' | 'revoked';
};

/** The client or the seller that a key acts for. */
export type KeyOwner = { clientId: string } | { sellerId: string };

const COLUMNS = sql`
  id, name, prefix, scopes, created_at as "createdAt", expires_at as "expiresAt",
  last_used_at as "lastUsedAt", revoked_at as "revokedAt",
  case when revoked_at is not null then 'revoked' when expires_at <= now() then 'ended'
    else 'live' end as state`;

function ownedBy(owner: KeyOwner): RawBuilder<boolean> {
  return 'clientId' in owner
    ? sql<boolean>`client_id = ${owner.clientId}`
    : sql<boolean>`seller_id = ${owner.sellerId}`;
}

export async function selectApiKeys(ctx: Ctx, owner: KeyOwner): Promise<ApiKey[]> {
  const { rows } = await sql<ApiKey>`
    select ${COLUMNS} from api_key where ${ownedBy(owner)}
    order by revoked_at is not null, id desc limit 200`.execute(ctx.tx);
  return rows;
}

export async function countLiveApiKeys(ctx: Ctx, owner: KeyOwner): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from api_key
    where ${ownedBy(owner)} and revoked_at is null`.execute(ctx.tx);
  return rows[0]?.count ?? 0;
}

export async function insertApiKey(
  ctx: Ctx,
  key: {
    id: string;
    brandId: string;
    userId: string;
    owner: KeyOwner;
    name: string;
    scopes: readonly string[];
    prefix: string;
    hash: string;
    days: number | null;
  },
): Promise<ApiKey> {
  const clientId = 'clientId' in key.owner ? key.owner.clientId : null;
  const sellerId = 'sellerId' in key.owner ? key.owner.sellerId : null;
  const { rows } = await sql<ApiKey>`
    insert into api_key
      (id, brand_id, user_id, client_id, seller_id, name, scopes, prefix, hash, expires_at)
    values (${key.id}, ${key.brandId}, ${key.userId}, ${clientId}, ${sellerId}, ${key.name},
      ${[...key.scopes]}, ${key.prefix}, ${key.hash},
      now() + make_interval(days => ${key.days}::int))
    returning ${COLUMNS}`.execute(ctx.tx);
  const [made] = rows;
  if (!made) throw new Error('an API key was not stored');
  return made;
}

/** False when the owner has no such key. A key that is revoked stays so. */
export async function revokeApiKey(ctx: Ctx, owner: KeyOwner, id: string): Promise<boolean> {
  const { rows } = await sql`
    update api_key set revoked_at = coalesce(revoked_at, now())
    where id = ${id} and ${ownedBy(owner)} returning id`.execute(ctx.tx);
  return rows.length > 0;
}

export type FoundKey = {
  id: string;
  person: Person;
  actingAs: string;
  scopes: string[];
  demo: boolean;
  /** Its last use was noted so long ago that this one should be. */
  stale: boolean;
};

/**
 * The live key of a brand with this hash. Its person counts only for the owner the key was made
 * for, and only while they still belong there.
 */
export async function selectApiKeyByHash(
  db: Db | Tx,
  brandId: string,
  hash: string,
): Promise<FoundKey | null> {
  const { rows } = await sql<{
    id: string;
    user_id: string;
    owner: string;
    scopes: string[];
    demo: boolean;
    role: string | null;
    branch: number | null;
    stale: boolean;
  }>`
    select k.id, k.user_id, coalesce(k.client_id, k.seller_id) as owner, k.scopes, u.demo,
      s.role, m.branch_id as branch,
      coalesce(k.last_used_at < now() - interval '1 minute', true) as stale
    from api_key k
    join user_account u on u.id = k.user_id and u.brand_id = k.brand_id
    left join staff_member s on s.user_id = k.user_id and s.seller_id = k.seller_id
    left join membership m
      on m.user_id = k.user_id and m.client_id = k.client_id and m.active
    where k.hash = ${hash} and k.brand_id = ${brandId} and k.revoked_at is null
      and coalesce(k.expires_at > now(), true)`.execute(db);
  const row = rows[0];
  if (!row) return null;
  const person: Person = {
    userId: row.user_id,
    staff: row.role === null ? [] : [{ sellerId: row.owner, role: row.role }],
    members: row.branch === null ? [] : [{ clientId: row.owner, branch: row.branch }],
  };
  const { id, scopes, demo, stale } = row;
  return { id, person, actingAs: row.owner, scopes, demo, stale };
}

export async function touchApiKey(db: Db | Tx, id: string): Promise<void> {
  await sql`update api_key set last_used_at = now() where id = ${id}`.execute(db);
}
