import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import { rowsOf, updateRows } from '#platform/database/rows.ts';
import type { Entitlement, EntitlementState } from './entitlement.ts';

type Row = {
  branch_id: number;
  id: string;
  subscription_id: string;
  component_id: string;
  state: EntitlementState;
  quantity: number;
  since_on: Temporal.PlainDate;
  renews: boolean;
  opted_in: boolean;
  ends_on: Temporal.PlainDate | null;
  ends_at: Temporal.Instant | null;
  order_id: string | null;
  created_at: Temporal.Instant;
  deleted_at: Temporal.Instant | null;
};

type Tables = { entitlement: Row };

function toEntitlement(row: Row): Entitlement {
  return {
    id: row.id,
    branch: row.branch_id,
    subscriptionId: row.subscription_id,
    componentId: row.component_id,
    state: row.state,
    quantity: row.quantity,
    sinceOn: row.since_on,
    renews: row.renews,
    optedIn: row.opted_in,
    endsOn: row.ends_on,
    orderId: row.order_id,
    deletedAt: row.deleted_at,
  };
}

export async function insertEntitlements(
  ctx: Ctx,
  entitlements: readonly Entitlement[],
): Promise<void> {
  if (entitlements.length === 0) return;
  await tablesOf<Tables>(ctx.tx)
    .insertInto('entitlement')
    .values(
      entitlements.map((one) => ({
        branch_id: one.branch,
        id: one.id,
        subscription_id: one.subscriptionId,
        component_id: one.componentId,
        state: one.state,
        quantity: one.quantity,
        since_on: one.sinceOn,
        renews: one.renews,
        opted_in: one.optedIn ?? false,
        ends_on: one.endsOn,
        ends_at: null,
        order_id: one.orderId,
        created_at: ctx.now,
        deleted_at: one.deletedAt,
      })),
    )
    .execute();
}

/** Saves what may change. `zone` turns the local end into the instant the agenda looks for. */
export async function updateEntitlement(
  ctx: Ctx,
  entitlement: Entitlement,
  zone: string,
): Promise<void> {
  await updateEntitlements(ctx, [{ entitlement, zone }]);
}

const CHANGING_COLUMNS = {
  branch_id: 'int4',
  id: 'text',
  state: 'text',
  renews: 'bool',
  opted_in: 'bool',
  ends_on: 'date',
  ends_at: 'timestamptz',
  deleted_at: 'timestamptz',
};

export async function updateEntitlements(
  ctx: Ctx,
  changed: readonly { entitlement: Entitlement; zone: string }[],
): Promise<void> {
  const rows = changed.map(({ entitlement, zone }) => ({
    branch_id: entitlement.branch,
    id: entitlement.id,
    state: entitlement.state,
    renews: entitlement.renews,
    opted_in: entitlement.optedIn ?? false,
    ends_on: entitlement.endsOn,
    ends_at: entitlement.endsOn?.toZonedDateTime(zone).toInstant() ?? null,
    deleted_at: entitlement.deletedAt,
  }));
  await updateRows(ctx.tx, 'entitlement', CHANGING_COLUMNS, ['branch_id', 'id'], rows);
}

export async function selectEntitlement(ctx: Ctx, id: string): Promise<Entitlement | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('entitlement')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toEntitlement(row) : null;
}

/** Everything that was ever on these subscriptions, oldest first. */
export async function selectEntitlements(
  ctx: Ctx,
  subscriptions: readonly { branch: number; id: string }[],
): Promise<Entitlement[]> {
  if (subscriptions.length === 0) return [];
  const { rows } = await sql<Row>`
    select e.* from ${rowsOf({ branch: 'int4', id: 'text' }, subscriptions)}
    join entitlement e on e.branch_id = r.branch and e.subscription_id = r.id
    order by e.id`.execute(ctx.tx);
  return rows.map(toEntitlement);
}

/** When the next component ends, over all subscriptions. */
export async function earliestEndAt(ctx: Ctx): Promise<Temporal.Instant | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('entitlement')
    .select('ends_at')
    .where('ends_at', 'is not', null)
    .where('state', '<>', 'deleted')
    .orderBy('ends_at')
    .limit(1)
    .executeTakeFirst();
  return row?.ends_at ?? null;
}

export async function selectEnded(ctx: Ctx, limit: number): Promise<string[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('entitlement')
    .select('id')
    .where('ends_at', '<=', ctx.now)
    .where('state', '<>', 'deleted')
    .orderBy('ends_at')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}
