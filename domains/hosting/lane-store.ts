import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';

/**
 * Holds a subscription's lane row until the transaction ends. Whoever changes deliveries of a
 * subscription holds it first, so that they meet one after the other.
 */
export async function lockLane(
  ctx: Ctx,
  subscriptionId: string,
): Promise<{ holder: string | null; heldUntil: Temporal.Instant | null }> {
  await sql`
    insert into delivery_lane (branch_id, subscription_id)
    values (${branchOf(subscriptionId)}, ${subscriptionId})
    on conflict do nothing`.execute(ctx.tx);
  const { rows } = await sql<{ holder: string | null; held_until: Temporal.Instant | null }>`
    select holder, held_until from delivery_lane
    where branch_id = ${branchOf(subscriptionId)} and subscription_id = ${subscriptionId}
    for update`.execute(ctx.tx);
  return { holder: rows[0]?.holder ?? null, heldUntil: rows[0]?.held_until ?? null };
}

/** Gives the lane to a holder until an instant, or leaves it (null). The row is locked. */
export async function setLane(
  ctx: Ctx,
  subscriptionId: string,
  holder: string | null,
  heldUntil: Temporal.Instant | null,
): Promise<void> {
  await sql`
    update delivery_lane set holder = ${holder}, held_until = ${heldUntil}
    where branch_id = ${branchOf(subscriptionId)} and subscription_id = ${subscriptionId}
  `.execute(ctx.tx);
}
