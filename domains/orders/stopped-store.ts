import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { rowsOf } from '#platform/database/rows.ts';

/** A renewal that stands still, and why: a refusal's code. */
export type StoppedRenewal = {
  subscriptionId: string;
  sellerId: string;
  /** The boundary that cannot be paid for. */
  boundaryOn: Temporal.PlainDate;
  reason: string;
  stoppedAt: Temporal.Instant;
};

const COLUMNS = {
  branch_id: 'int4',
  subscription_id: 'text',
  seller_id: 'text',
  boundary_on: 'date',
  reason: 'text',
};

/** A package is stopped for one boundary: the last. */
export async function upsertStopped(
  ctx: Ctx,
  stopped: readonly Omit<StoppedRenewal, 'stoppedAt'>[],
): Promise<void> {
  if (stopped.length === 0) return;
  const rows = stopped.map((one) => ({
    branch_id: branchOf(one.subscriptionId),
    subscription_id: one.subscriptionId,
    seller_id: one.sellerId,
    boundary_on: one.boundaryOn,
    reason: one.reason,
  }));
  await sql`
    insert into stopped_renewal
      (branch_id, subscription_id, seller_id, boundary_on, reason, stopped_at)
    select r.*, ${ctx.now}::timestamptz from ${rowsOf(COLUMNS, rows)}
    on conflict (branch_id, subscription_id) do update
      set boundary_on = excluded.boundary_on, reason = excluded.reason,
        stopped_at = excluded.stopped_at`.execute(ctx.tx);
}

const STOPPED = sql`
  select subscription_id as "subscriptionId", seller_id as "sellerId",
    boundary_on as "boundaryOn", reason, stopped_at as "stoppedAt" from stopped_renewal`;

export async function selectStopped(
  ctx: Ctx,
  subscriptionId: string,
): Promise<StoppedRenewal | null> {
  const { rows } = await sql<StoppedRenewal>`
    ${STOPPED} where branch_id = ${branchOf(subscriptionId)}
      and subscription_id = ${subscriptionId}`.execute(ctx.tx);
  return rows[0] ?? null;
}

/** Of some sellers, after a cursor, by package. */
export async function selectStoppedOf(
  ctx: Ctx,
  ask: { sellerIds: readonly string[]; after: string; limit: number },
): Promise<StoppedRenewal[]> {
  const { rows } = await sql<StoppedRenewal>`
    ${STOPPED} where seller_id = any(${[...ask.sellerIds]}) and subscription_id > ${ask.after}
    order by subscription_id limit ${ask.limit}`.execute(ctx.tx);
  return rows;
}

export async function deleteStopped(ctx: Ctx, subscriptionId: string): Promise<void> {
  await sql`
    delete from stopped_renewal where branch_id = ${branchOf(subscriptionId)}
      and subscription_id = ${subscriptionId}`.execute(ctx.tx);
}
