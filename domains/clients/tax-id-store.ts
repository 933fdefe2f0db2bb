import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { Client, TaxIdState } from './client.ts';
import type { TaxIdCheck } from './tax-id-check.ts';

const COLUMNS = sql.raw(`branch_id as branch, id, client_id as "clientId", country, number, state,
  requested_at as "requestedAt", attempts, next_attempt_at as "nextAttemptAt",
  checked_at as "checkedAt", validator_id as "validatorId", request_id as "requestId",
  answered_on as "answeredOn", name, address, error`);

type ClientKey = Pick<Client, 'id' | 'branch'>;

/** The newest is the one of the number that the client has. */
export async function selectLastCheck(
  ctx: Ctx,
  { id, branch }: ClientKey,
): Promise<TaxIdCheck | null> {
  const { rows } = await sql<TaxIdCheck>`
    select ${COLUMNS} from tax_id_check
    where branch_id = ${branch} and client_id = ${id} order by id desc limit 1`.execute(ctx.tx);
  return rows[0] ?? null;
}

export async function insertCheck(ctx: Ctx, check: TaxIdCheck): Promise<void> {
  await sql`
    insert into tax_id_check (branch_id, id, client_id, country, number, requested_at,
      next_attempt_at)
    values (${check.branch}, ${check.id}, ${check.clientId}, ${check.country}, ${check.number},
      ${check.requestedAt}, ${check.nextAttemptAt})`.execute(ctx.tx);
}

/** Asks no more about numbers that a client had before. */
export async function endChecks(ctx: Ctx, { id, branch }: ClientKey): Promise<void> {
  await sql`
    update tax_id_check set next_attempt_at = null
    where branch_id = ${branch} and client_id = ${id} and next_attempt_at is not null`.execute(
    ctx.tx,
  );
}

/** What was answered; one that was ended meanwhile keeps the answer and is not tried again. */
export async function updateCheck(ctx: Ctx, check: TaxIdCheck): Promise<void> {
  await sql`
    update tax_id_check set state = ${check.state}, checked_at = ${check.checkedAt},
      validator_id = ${check.validatorId}, request_id = ${check.requestId},
      answered_on = ${check.answeredOn}, name = ${check.name}, address = ${check.address},
      error = ${check.error},
      next_attempt_at = case when next_attempt_at is null then null
        else ${check.nextAttemptAt}::timestamptz end
    where branch_id = ${check.branch} and id = ${check.id}`.execute(ctx.tx);
}

export async function firstCheckAt(ctx: Ctx): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ at: Temporal.Instant | null }>`
    select min(next_attempt_at) as at from tax_id_check
    where next_attempt_at is not null`.execute(ctx.tx);
  return rows[0]?.at ?? null;
}

/** Takes those that are due, for as long as a slow register may need. */
export async function leaseChecks(ctx: Ctx, limit: number, leaseS: number): Promise<TaxIdCheck[]> {
  const { rows } = await sql<TaxIdCheck>`
    update tax_id_check set attempts = attempts + 1,
      next_attempt_at = ${ctx.now.add({ seconds: leaseS })}
    where (branch_id, id) in (
      select branch_id, id from tax_id_check where next_attempt_at <= ${ctx.now}
      order by next_attempt_at limit ${limit} for update skip locked
    )
    returning ${COLUMNS}`.execute(ctx.tx);
  return rows;
}

export async function updateTaxIdState(
  ctx: Ctx,
  { id, branch }: ClientKey,
  state: TaxIdState,
): Promise<void> {
  await sql`
    update client set tax_id_state = ${state}
    where branch_id = ${branch} and id = ${id}`.execute(ctx.tx);
}

/** Whether a seller's clients are businesses only with a confirmed number. */
export async function selectRule(ctx: Ctx, sellerId: string): Promise<boolean> {
  const { rows } = await sql<{ must: boolean }>`
    select must_be_valid as must from tax_id_rule where seller_id = ${sellerId}`.execute(ctx.tx);
  return rows[0]?.must ?? false;
}

export async function upsertRule(ctx: Ctx, sellerId: string, mustBeValid: boolean): Promise<void> {
  await sql`
    insert into tax_id_rule (seller_id, must_be_valid) values (${sellerId}, ${mustBeValid})
    on conflict (seller_id) do update set must_be_valid = excluded.must_be_valid`.execute(ctx.tx);
  await sql`
    update client set tax_id_must_be_valid = ${mustBeValid}
    where seller_id = ${sellerId} and tax_id_must_be_valid <> ${mustBeValid}`.execute(ctx.tx);
}
