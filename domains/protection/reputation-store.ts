import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { ZoneState } from './reputation/blacklist.ts';
import type { Zone } from './reputation/listing.ts';

export type ReputationSettings = {
  resolvers: readonly string[];
  everyHours: number;
  nextCheckAtMs: number;
  checkedAt: Temporal.Instant | null;
};

export async function selectReputation(ctx: Ctx): Promise<ReputationSettings> {
  const { rows } = await sql<{
    resolvers: string[];
    every_hours: number;
    next_check_at_ms: bigint;
    checked_at: Temporal.Instant | null;
  }>`select resolvers, every_hours, next_check_at_ms, checked_at from reputation_settings`.execute(
    ctx.tx,
  );
  const [row] = rows;
  if (!row) throw new Error('reputation has no settings');
  return {
    resolvers: row.resolvers,
    everyHours: row.every_hours,
    nextCheckAtMs: Number(row.next_check_at_ms),
    checkedAt: row.checked_at,
  };
}

export async function saveReputation(
  ctx: Ctx,
  { resolvers, everyHours }: Pick<ReputationSettings, 'resolvers' | 'everyHours'>,
): Promise<void> {
  await sql`
    update reputation_settings set resolvers = ${JSON.stringify(resolvers)}::jsonb,
      every_hours = ${everyHours}, next_check_at_ms = 0`.execute(ctx.tx);
}

export async function setNextCheck(ctx: Ctx, nextCheckAtMs: number): Promise<void> {
  await sql`
    update reputation_settings
    set next_check_at_ms = ${BigInt(nextCheckAtMs)}, checked_at = ${ctx.now}`.execute(ctx.tx);
}

export async function selectZones(ctx: Ctx): Promise<Zone[]> {
  const { rows } = await sql<Zone>`
    select zone, state, message, tested_at as "testedAt" from dnsbl_zone order by zone`.execute(
    ctx.tx,
  );
  return rows;
}

/** Keeps these zones and no others; what was on a list that is not asked any more is history. */
export async function replaceZones(ctx: Ctx, zones: readonly string[]): Promise<void> {
  await sql`delete from dnsbl_zone where zone <> all(${[...zones]})`.execute(ctx.tx);
  await sql`
    insert into dnsbl_zone (zone) select unnest(${[...zones]}::text[])
    on conflict (zone) do nothing`.execute(ctx.tx);
  await sql`
    update dnsbl_listing set delisted_at = ${ctx.now}
    where delisted_at is null and zone <> all(${[...zones]})`.execute(ctx.tx);
}

export async function noteZone(
  ctx: Ctx,
  zone: string,
  { state, message }: { state: ZoneState; message: string | null },
): Promise<void> {
  await sql`
    update dnsbl_zone set state = ${state}, message = ${message}, tested_at = ${ctx.now}
    where zone = ${zone}`.execute(ctx.tx);
}

export async function selectNodeAddresses(
  ctx: Ctx,
): Promise<{ nodeId: string; address: string }[]> {
  const { rows } = await sql<{ nodeId: string; address: string }>`
    select node_id as "nodeId", host(address) as address from node_address
    order by node_id, address`.execute(ctx.tx);
  return rows;
}

export async function replaceNodeAddresses(
  ctx: Ctx,
  nodeId: string,
  addresses: readonly string[],
): Promise<void> {
  await sql`delete from node_address where node_id = ${nodeId}`.execute(ctx.tx);
  await sql`
    insert into node_address (node_id, address)
    select ${nodeId}, unnest(${[...addresses]}::inet[]) on conflict do nothing`.execute(ctx.tx);
}
