import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

/** Which debt: the collection's key. */
export type DebtKey = { branch: number; id: string };

export async function earliestChargeAt(ctx: Ctx): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ at: Temporal.Instant | null }>`
    select min(charge_at) as at from collection where charge_at is not null`.execute(ctx.tx);
  return rows[0]?.at ?? null;
}

export async function selectDueCharges(ctx: Ctx, limit: number): Promise<DebtKey[]> {
  const { rows } = await sql<DebtKey>`
    select branch_id as branch, id from collection
    where charge_at <= ${ctx.now} order by charge_at limit ${limit}`.execute(ctx.tx);
  return rows;
}

/** The debt whose last try was this payment. */
export async function debtOfPayment(
  ctx: Ctx,
  of: { branch: number; clientId: string; paymentId: string },
): Promise<DebtKey | null> {
  const { rows } = await sql<DebtKey>`
    select branch_id as branch, id from collection
    where branch_id = ${of.branch} and client_id = ${of.clientId}
      and charge_payment_id = ${of.paymentId}`.execute(ctx.tx);
  return rows[0] ?? null;
}

/** What a client owes where another card may go better than the last. */
export async function debtsWithoutCard(
  ctx: Ctx,
  of: { branch: number; clientId: string },
): Promise<DebtKey[]> {
  const { rows } = await sql<DebtKey>`
    select branch_id as branch, id from collection
    where branch_id = ${of.branch} and client_id = ${of.clientId}
      and charge_ended in ('no-method', 'payer', 'method', 'tried-out')
    order by id`.execute(ctx.tx);
  return rows;
}
