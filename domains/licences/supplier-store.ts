import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { advanceLicenceJob } from './jobs.ts';

const PURPOSE = 'supplier-account';

/** What we sign in with at a supplier, as its settings schema has it; null when not set up. */
export async function selectSupplierSettings(ctx: Ctx, supplierId: string): Promise<unknown> {
  const { rows } = await sql<{ sealed: string }>`
    select sealed from supplier_account where supplier_id = ${supplierId}`.execute(ctx.tx);
  return rows[0] ? (JSON.parse(ctx.unseal(PURPOSE, rows[0].sealed)) as unknown) : null;
}

export async function saveSupplierAccount(
  ctx: Ctx,
  supplierId: string,
  settings: unknown,
): Promise<void> {
  const sealed = ctx.seal(PURPOSE, JSON.stringify(settings));
  await sql`
    insert into supplier_account (supplier_id, sealed, next_check_at_ms)
    values (${supplierId}, ${sealed}, ${Date.now()})
    on conflict (supplier_id) do update set sealed = excluded.sealed`.execute(ctx.tx);
}

/** Takes the supplier's one turn for this licence; false while another's issuing is unexplained. */
export async function takeTurn(ctx: Ctx, supplierId: string, licenceId: string): Promise<boolean> {
  const { rows } = await sql`
    update supplier_account set in_flight = ${licenceId}
    where supplier_id = ${supplierId} and (in_flight is null or in_flight = ${licenceId})
    returning 1`.execute(ctx.tx);
  return rows.length > 0;
}

/** Gives the turn up, if this licence has it, and wakes whoever has waited longest for it. */
export async function leaveTurn(ctx: Ctx, supplierId: string, licenceId: string): Promise<void> {
  const { rows } = await sql`
    update supplier_account set in_flight = null
    where supplier_id = ${supplierId} and in_flight = ${licenceId} returning 1`.execute(ctx.tx);
  if (rows.length === 0) return;
  const next = await sql<{ id: string }>`
    select id from licence where supplier_id = ${supplierId} and queued_at is not null
    order by queued_at, id limit 1`.execute(ctx.tx);
  for (const { id } of next.rows) await ctx.enqueue(advanceLicenceJob, { licenceId: id });
}
