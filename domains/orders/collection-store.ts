import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import { insertRows } from '#platform/database/rows.ts';
import type { ColumnTypes } from '#platform/database/rows.ts';
import type { Collection } from './collection.ts';
import type { OrderOrigin } from './order-words.ts';

type Row = {
  branch_id: number;
  id: string;
  brand_id: string;
  client_id: string;
  zone: string;
  due_on: Temporal.PlainDate;
  done_on: Temporal.PlainDate;
  next_at: Temporal.Instant | null;
  tries: number;
  fee_invoice_id: string | null;
  charge_at: Temporal.Instant | null;
  charge_from: Temporal.PlainDate | null;
  charges: number;
  charge_payment_id: string | null;
  charge_ended: Collection['chargeEnded'];
};

type Tables = { collection: Row };

const COLUMNS: ColumnTypes<Row> = {
  branch_id: 'int4',
  id: 'text',
  brand_id: 'text',
  client_id: 'text',
  zone: 'text',
  due_on: 'date',
  done_on: 'date',
  next_at: 'timestamptz',
  tries: 'int4',
  fee_invoice_id: 'text',
  charge_at: 'timestamptz',
  charge_from: 'date',
  charges: 'int4',
  charge_payment_id: 'text',
  charge_ended: 'text',
};

function toCollection(row: Row): Collection {
  return {
    branch: row.branch_id,
    id: row.id,
    brandId: row.brand_id,
    clientId: row.client_id,
    zone: row.zone,
    dueOn: row.due_on,
    doneOn: row.done_on,
    nextAt: row.next_at,
    tries: row.tries,
    feeInvoiceId: row.fee_invoice_id,
    chargeAt: row.charge_at,
    chargeFrom: row.charge_from,
    charges: row.charges,
    chargePaymentId: row.charge_payment_id,
    chargeEnded: row.charge_ended,
  };
}

function toRow(one: Collection): Row {
  return {
    branch_id: one.branch,
    id: one.id,
    brand_id: one.brandId,
    client_id: one.clientId,
    zone: one.zone,
    due_on: one.dueOn,
    done_on: one.doneOn,
    next_at: one.nextAt,
    tries: one.tries,
    fee_invoice_id: one.feeInvoiceId,
    charge_at: one.chargeAt,
    charge_from: one.chargeFrom,
    charges: one.charges,
    charge_payment_id: one.chargePaymentId,
    charge_ended: one.chargeEnded,
  };
}

export async function insertCollections(ctx: Ctx, ones: readonly Collection[]): Promise<void> {
  if (ones.length > 0) await insertRows(ctx.tx, 'collection', COLUMNS, ones.map(toRow));
}

export async function updateCollection(ctx: Ctx, one: Collection): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('collection')
    .set(toRow(one))
    .where('branch_id', '=', one.branch)
    .where('id', '=', one.id)
    .execute();
}

export async function deleteCollection(ctx: Ctx, one: Collection): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .deleteFrom('collection')
    .where('branch_id', '=', one.branch)
    .where('id', '=', one.id)
    .execute();
}

/** Unpaid renewals that collection has not seen yet, merged ones together; without a limit nothing more is asked. */
const UNSEEN = sql`
  from order_request o
  where o.kind = 'renewal' and o.state = 'awaiting-payment' and not exists (
    select from collection c
    where c.branch_id = o.branch_id and c.id = coalesce(o.merged_id, o.id))`;

export type UnpaidRenewal = {
  branch: number;
  id: string;
  brandId: string;
  clientId: string;
  dueOn: Temporal.PlainDate;
  origin: OrderOrigin;
};

export async function selectUnseen(ctx: Ctx, limit: number): Promise<UnpaidRenewal[]> {
  const { rows } = await sql<UnpaidRenewal>`
    select o.branch_id as branch, coalesce(o.merged_id, o.id) as id, o.brand_id as "brandId",
      o.client_id as "clientId", min(o.period_start) as "dueOn", min(o.origin) as origin
    ${UNSEEN} group by 1, 2, 3, 4 order by 1, 2 limit ${limit}`.execute(ctx.tx);
  return rows;
}

/** When there is something to do: now, while there is an unpaid renewal not seen yet. */
export async function earliestCollectionAt(ctx: Ctx): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ unseen: boolean; at: Temporal.Instant | null }>`
    select exists (select ${UNSEEN}) as unseen,
      (select min(next_at) from collection where next_at is not null) as at`.execute(ctx.tx);
  const [row] = rows;
  return row?.unseen ? ctx.now : (row?.at ?? null);
}

export async function selectDueCollections(
  ctx: Ctx,
  limit: number,
): Promise<Pick<Collection, 'branch' | 'id'>[]> {
  const { rows } = await sql<Pick<Collection, 'branch' | 'id'>>`
    select branch_id as branch, id from collection
    where next_at <= ${ctx.now} order by next_at limit ${limit}`.execute(ctx.tx);
  return rows;
}

/** A collection that is still due, held until the transaction ends. */
export async function takeDueCollection(
  ctx: Ctx,
  { branch, id }: Pick<Collection, 'branch' | 'id'>,
): Promise<Collection | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('collection')
    .selectAll()
    .where('branch_id', '=', branch)
    .where('id', '=', id)
    .where('next_at', '<=', ctx.now)
    .forUpdate()
    .executeTakeFirst();
  return row ? toCollection(row) : null;
}

/** A collection, due or not, held until the transaction ends. */
export async function lockCollection(
  ctx: Ctx,
  { branch, id }: Pick<Collection, 'branch' | 'id'>,
): Promise<Collection | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('collection')
    .selectAll()
    .where('branch_id', '=', branch)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toCollection(row) : null;
}

/** Of an invoice: its own, or that of the renewal it is for. */
export async function selectCollectionOf(
  ctx: Ctx,
  { branch, id, subject }: { branch: number; id: string; subject: string | null },
): Promise<Collection | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('collection')
    .selectAll()
    .where('branch_id', '=', branch)
    .where('id', 'in', [id, subject ?? id])
    .executeTakeFirst();
  return row ? toCollection(row) : null;
}

/** Of one brand, after a cursor, held until the transaction ends. */
export async function lockCollectionsOf(
  ctx: Ctx,
  ask: { brandId: string; after: string; limit: number },
): Promise<Collection[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('collection')
    .selectAll()
    .where('brand_id', '=', ask.brandId)
    .where('id', '>', ask.after)
    .orderBy('id')
    .limit(ask.limit)
    .forUpdate()
    .execute();
  return rows.map(toCollection);
}
