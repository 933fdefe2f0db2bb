import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

export type Session = {
  id: string;
  token: string;
  address: string;
  userAgent: string;
  createdAt: Temporal.Instant;
  lastSeenAt: Temporal.Instant;
};

export async function selectSessions(ctx: Ctx, userId: string): Promise<Session[]> {
  const { rows } = await sql<Session>`
    select id, token, coalesce(ip_address, '') as address, coalesce(user_agent, '') as "userAgent",
      created_at as "createdAt", updated_at as "lastSeenAt"
    from user_session where user_id = ${userId} and expires_at > now()
    order by updated_at desc limit 100`.execute(ctx.tx);
  return rows;
}

/** False when the person has no such session. */
export async function deleteSession(ctx: Ctx, userId: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from user_session where id = ${id} and user_id = ${userId} returning id`.execute(ctx.tx);
  return rows.length > 0;
}

export async function deleteSessionByToken(ctx: Ctx, tokenHash: string): Promise<void> {
  await sql`delete from user_session where token = ${tokenHash}`.execute(ctx.tx);
}

/** Ends all sessions of a person but the one with this token; tells how many. */
export async function deleteOtherSessions(
  ctx: Ctx,
  userId: string,
  keptTokenHash: string,
): Promise<number> {
  const { rows } = await sql`
    delete from user_session where user_id = ${userId} and token <> ${keptTokenHash}
    returning id`.execute(ctx.tx);
  return rows.length;
}

export async function updateActingAs(
  ctx: Ctx,
  userId: string,
  tokenHash: string,
  actingAs: string,
): Promise<void> {
  await sql`
    update user_session set acting_as = ${actingAs}
    where user_id = ${userId} and token = ${tokenHash}`.execute(ctx.tx);
}

/** True for a code that this person has not used while it still would open the door. */
export async function insertUsedCode(ctx: Ctx, userId: string, codeHash: string): Promise<boolean> {
  await sql`
    delete from used_code
    where user_id = ${userId} and used_at < now() - interval '5 minutes'`.execute(ctx.tx);
  const { rows } = await sql`
    insert into used_code (user_id, code_hash) values (${userId}, ${codeHash})
    on conflict do nothing returning 1`.execute(ctx.tx);
  return rows.length > 0;
}

/** Notes a device; true when the person is known, but not from there. */
export async function insertDevice(ctx: Ctx, userId: string, deviceHash: string): Promise<boolean> {
  const { rows } = await sql<{ others: number }>`
    with made as (
      insert into known_device (user_id, device_hash) values (${userId}, ${deviceHash})
      on conflict do nothing returning 1
    )
    select count(*)::int as others from known_device, made
    where user_id = ${userId} and device_hash <> ${deviceHash}`.execute(ctx.tx);
  return (rows[0]?.others ?? 0) > 0;
}

/** Stores a single-use value under a hashed name; earlier ones of the same kind and person end. */
export async function insertVerification(
  ctx: Ctx,
  row: { id: string; brandId: string; identifier: string; userId: string; minutes: number },
): Promise<void> {
  await sql`
    insert into user_verification (id, brand_id, identifier, value, expires_at)
    values (${row.id}, ${row.brandId}, ${row.identifier}, ${row.userId},
      now() + make_interval(mins => ${row.minutes}))`.execute(ctx.tx);
}

/** Takes a single-use value: of two callers one gets it. Null when used, ended or never made. */
export async function takeVerification(
  ctx: Ctx,
  brandId: string,
  identifier: string,
): Promise<string | null> {
  const { rows } = await sql<{ value: string; live: boolean }>`
    delete from user_verification where brand_id = ${brandId} and identifier = ${identifier}
    returning value, expires_at > now() as live`.execute(ctx.tx);
  const [row] = rows;
  return row?.live ? row.value : null;
}
