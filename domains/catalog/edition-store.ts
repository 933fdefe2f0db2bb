import { sql } from 'kysely';
import type { TermMonths } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import type {
  CarryOver,
  Edition,
  Inclusion,
  InclusionMode,
  PriceRow,
  Retirement,
} from './edition.ts';

type Tables = {
  edition: {
    id: string;
    seller_id: string;
    no: number | null;
    title: string;
    effective_on: Temporal.PlainDate;
    existing_on: Temporal.PlainDate | null;
    notice_days: number;
    state: Edition['state'];
    created_at: Temporal.Instant;
    published_at: Temporal.Instant | null;
    withdrawn_at: Temporal.Instant | null;
    carry_over: CarryOver;
  };
  edition_price: {
    edition_id: string;
    audience: PriceRow['audience'];
    item_kind: PriceRow['item']['kind'];
    item_id: string;
    currency: string;
    action: PriceRow['action'];
    term_months: TermMonths;
    monthly_minor: bigint;
  };
  edition_inclusion: {
    edition_id: string;
    plan_id: string;
    component_id: string;
    mode: InclusionMode;
  };
  edition_retirement: { edition_id: string; plan_id: string; successor_id: string | null };
};

type Filter = { sellerIds?: readonly string[]; id?: string; states?: readonly Edition['state'][] };

/** Whole editions, the newest first. */
export async function selectEditions(ctx: Ctx, filter: Filter): Promise<Edition[]> {
  const tables = tablesOf<Tables>(ctx.tx);
  let query = tables.selectFrom('edition').selectAll();
  if (filter.sellerIds) query = query.where('seller_id', 'in', filter.sellerIds);
  if (filter.id) query = query.where('id', '=', filter.id);
  if (filter.states) query = query.where('state', 'in', filter.states);
  const rows = await query.orderBy('effective_on', 'desc').orderBy('no', 'desc').execute();
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const prices = await tables
    .selectFrom('edition_price')
    .selectAll()
    .where('edition_id', 'in', ids)
    .orderBy('item_kind', 'desc')
    .orderBy('item_id')
    .orderBy('term_months')
    .execute();
  const inclusions = await tables
    .selectFrom('edition_inclusion')
    .selectAll()
    .where('edition_id', 'in', ids)
    .orderBy('plan_id')
    .orderBy('component_id')
    .execute();
  const retirements = await tables
    .selectFrom('edition_retirement')
    .selectAll()
    .where('edition_id', 'in', ids)
    .orderBy('plan_id')
    .execute();
  const retirementsOf = Map.groupBy(retirements, (row) => row.edition_id);
  const pricesOf = Map.groupBy(prices, (row) => row.edition_id);
  const inclusionsOf = Map.groupBy(inclusions, (row) => row.edition_id);
  return rows.map((row) => ({
    id: row.id,
    sellerId: row.seller_id,
    no: row.no,
    title: row.title,
    effectiveOn: row.effective_on,
    existingOn: row.existing_on,
    noticeDays: row.notice_days,
    state: row.state,
    prices: (pricesOf.get(row.id) ?? []).map(toPrice),
    inclusions: (inclusionsOf.get(row.id) ?? []).map(toInclusion),
    retirements: (retirementsOf.get(row.id) ?? []).map(toRetirement),
    carryOver: row.carry_over,
  }));
}

export async function selectEdition(ctx: Ctx, id: string): Promise<Edition | null> {
  const [edition] = await selectEditions(ctx, { id });
  return edition ?? null;
}

function toPrice(row: Tables['edition_price']): PriceRow {
  return {
    audience: row.audience,
    item: { kind: row.item_kind, id: row.item_id },
    currency: row.currency,
    action: row.action,
    termMonths: row.term_months,
    monthlyMinor: row.monthly_minor,
  };
}

function toInclusion(row: Tables['edition_inclusion']): Inclusion {
  return { planId: row.plan_id, componentId: row.component_id, mode: row.mode };
}

function toRetirement(row: Tables['edition_retirement']): Retirement {
  return { planId: row.plan_id, successorId: row.successor_id };
}

/** Holds the edition against anybody else's change until this transaction ends. */
export async function lockEdition(ctx: Ctx, id: string): Promise<void> {
  await sql`select 1 from edition where id = ${id} for update`.execute(ctx.tx);
}

export async function insertEdition(ctx: Ctx, edition: Edition): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .insertInto('edition')
    .values({
      id: edition.id,
      seller_id: edition.sellerId,
      no: edition.no,
      title: edition.title,
      effective_on: edition.effectiveOn,
      existing_on: edition.existingOn,
      notice_days: edition.noticeDays,
      state: edition.state,
      created_at: ctx.now,
      published_at: null,
      withdrawn_at: null,
      carry_over: edition.carryOver ?? 'charge',
    })
    .execute();
  await insertContent(ctx, edition);
}

/** Replaces a draft by the given one, content and all. */
export async function replaceDraft(ctx: Ctx, edition: Edition): Promise<void> {
  await deleteContent(ctx, edition.id);
  await tablesOf<Tables>(ctx.tx)
    .updateTable('edition')
    .set({
      title: edition.title,
      effective_on: edition.effectiveOn,
      existing_on: edition.existingOn,
      notice_days: edition.noticeDays,
      carry_over: edition.carryOver ?? 'charge',
    })
    .where('id', '=', edition.id)
    .execute();
  await insertContent(ctx, edition);
}

export async function deleteDraft(ctx: Ctx, id: string): Promise<void> {
  await deleteContent(ctx, id);
  await tablesOf<Tables>(ctx.tx).deleteFrom('edition').where('id', '=', id).execute();
}

async function deleteContent(ctx: Ctx, id: string): Promise<void> {
  const tables = tablesOf<Tables>(ctx.tx);
  await tables.deleteFrom('edition_price').where('edition_id', '=', id).execute();
  await tables.deleteFrom('edition_inclusion').where('edition_id', '=', id).execute();
  await tables.deleteFrom('edition_retirement').where('edition_id', '=', id).execute();
}

async function insertContent(ctx: Ctx, edition: Edition): Promise<void> {
  const tables = tablesOf<Tables>(ctx.tx);
  const { retirements = [] } = edition;
  if (retirements.length > 0) {
    await tables
      .insertInto('edition_retirement')
      .values(
        retirements.map(({ planId, successorId }) => ({
          edition_id: edition.id,
          plan_id: planId,
          successor_id: successorId,
        })),
      )
      .execute();
  }
  if (edition.prices.length > 0) {
    await tables
      .insertInto('edition_price')
      .values(
        edition.prices.map((row) => ({
          edition_id: edition.id,
          audience: row.audience,
          item_kind: row.item.kind,
          item_id: row.item.id,
          currency: row.currency,
          action: row.action,
          term_months: row.termMonths,
          monthly_minor: row.monthlyMinor,
        })),
      )
      .execute();
  }
  if (edition.inclusions.length === 0) return;
  await tables
    .insertInto('edition_inclusion')
    .values(
      edition.inclusions.map((row) => ({
        edition_id: edition.id,
        plan_id: row.planId,
        component_id: row.componentId,
        mode: row.mode,
      })),
    )
    .execute();
}

/** Gives the draft the seller's next number. The caller holds the revision, so none is given twice. */
export async function markPublished(ctx: Ctx, id: string, sellerId: string): Promise<number> {
  const { rows } = await sql<{ no: number }>`
    update edition set state = 'published', published_at = ${ctx.now},
      no = (select coalesce(max(no), 0) + 1 from edition where seller_id = ${sellerId})
    where id = ${id} returning no`.execute(ctx.tx);
  return rows[0]?.no ?? 0;
}

export async function markWithdrawn(ctx: Ctx, id: string): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('edition')
    .set({ state: 'withdrawn', withdrawn_at: ctx.now })
    .where('id', '=', id)
    .execute();
}

/** When each edition was drafted, published and withdrawn, for the timeline that staff see. */
export async function selectEditionMoments(
  ctx: Ctx,
  sellerIds: readonly string[],
): Promise<Map<string, { createdAt: Temporal.Instant; publishedAt: Temporal.Instant | null }>> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('edition')
    .select(['id', 'created_at', 'published_at'])
    .where('seller_id', 'in', sellerIds)
    .execute();
  return new Map(
    rows.map((row) => [row.id, { createdAt: row.created_at, publishedAt: row.published_at }]),
  );
}
