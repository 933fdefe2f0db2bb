import { sql } from 'kysely';
import type { TermMonths } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import type { Promo } from './promo.ts';

type Tables = {
  promo: {
    id: string;
    seller_id: string;
    code: string;
    percent_bp: number | null;
    amount_minor: bigint | null;
    currency: string | null;
    product_ids: string[];
    plan_ids: string[];
    terms: TermMonths[];
    valid_from: Temporal.PlainDate;
    valid_until: Temporal.PlainDate | null;
    uses_max: number | null;
    uses: number;
    once_per_client: boolean;
    created_at: Temporal.Instant;
    ended_at: Temporal.Instant | null;
  };
  promo_use: {
    branch_id: number;
    promo_id: string;
    cause: string;
    client_id: string;
    once_key: string;
    at: Temporal.Instant;
  };
};

function toPromo(row: Tables['promo']): Promo {
  return {
    id: row.id,
    sellerId: row.seller_id,
    code: row.code,
    gives:
      row.percent_bp === null
        ? { kind: 'amount', minor: row.amount_minor ?? 0n, currency: row.currency ?? '' }
        : { kind: 'percent', basisPoints: row.percent_bp },
    productIds: row.product_ids,
    planIds: row.plan_ids,
    terms: row.terms,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    usesMax: row.uses_max,
    uses: row.uses,
    oncePerClient: row.once_per_client,
    endedAt: row.ended_at,
  };
}

export async function selectPromo(
  ctx: Ctx,
  by: { id: string } | { sellerId: string; code: string },
): Promise<Promo | null> {
  const query = tablesOf<Tables>(ctx.tx).selectFrom('promo').selectAll();
  const row = await (
    'id' in by
      ? query.where('id', '=', by.id)
      : query.where('seller_id', '=', by.sellerId).where('code', '=', by.code)
  ).executeTakeFirst();
  return row ? toPromo(row) : null;
}

/** The newest first. */
export async function selectPromos(
  ctx: Ctx,
  filter: { sellerId: string; limit: number; cursor?: string | undefined },
): Promise<Promo[]> {
  let query = tablesOf<Tables>(ctx.tx)
    .selectFrom('promo')
    .selectAll()
    .where('seller_id', '=', filter.sellerId);
  if (filter.cursor) query = query.where('id', '<', filter.cursor);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
  return rows.map(toPromo);
}

export async function insertPromo(ctx: Ctx, promo: Promo): Promise<void> {
  const { gives } = promo;
  await tablesOf<Tables>(ctx.tx)
    .insertInto('promo')
    .values({
      id: promo.id,
      seller_id: promo.sellerId,
      code: promo.code,
      percent_bp: gives.kind === 'percent' ? gives.basisPoints : null,
      amount_minor: gives.kind === 'amount' ? gives.minor : null,
      currency: gives.kind === 'amount' ? gives.currency : null,
      product_ids: [...promo.productIds],
      plan_ids: [...promo.planIds],
      terms: [...promo.terms],
      valid_from: promo.validFrom,
      valid_until: promo.validUntil,
      uses_max: promo.usesMax,
      uses: promo.uses,
      once_per_client: promo.oncePerClient,
      created_at: ctx.now,
      ended_at: promo.endedAt,
    })
    .execute();
}

export async function markPromoEnded(ctx: Ctx, id: string): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('promo')
    .set({ ended_at: ctx.now })
    .where('id', '=', id)
    .execute();
}

export type Use = {
  branch: number;
  promoId: string;
  cause: string;
  clientId: string;
  onceKey: string;
};

/** False when this cause, or this once-only client, has used it already. */
export async function insertUse(ctx: Ctx, use: Use): Promise<boolean> {
  const written = await tablesOf<Tables>(ctx.tx)
    .insertInto('promo_use')
    .values({
      branch_id: use.branch,
      promo_id: use.promoId,
      cause: use.cause,
      client_id: use.clientId,
      once_key: use.onceKey,
      at: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('promo_id')
    .execute();
  return written.length > 0;
}

export async function hasUse(
  ctx: Ctx,
  use: { branch: number; promoId: string } & ({ cause: string } | { clientId: string }),
): Promise<boolean> {
  const query = tablesOf<Tables>(ctx.tx)
    .selectFrom('promo_use')
    .select('promo_id')
    .where('branch_id', '=', use.branch)
    .where('promo_id', '=', use.promoId);
  const found = await (
    'cause' in use
      ? query.where('cause', '=', use.cause)
      : query.where('client_id', '=', use.clientId)
  ).executeTakeFirst();
  return found !== undefined;
}

export async function deleteUse(
  ctx: Ctx,
  use: { branch: number; promoId: string; cause: string },
): Promise<boolean> {
  const gone = await tablesOf<Tables>(ctx.tx)
    .deleteFrom('promo_use')
    .where('branch_id', '=', use.branch)
    .where('promo_id', '=', use.promoId)
    .where('cause', '=', use.cause)
    .returning('promo_id')
    .execute();
  return gone.length > 0;
}

/** Counts one use up or down; false when the last one is taken. The row waits for rivals. */
export async function countUse(ctx: Ctx, promoId: string, step: 1 | -1): Promise<boolean> {
  const { rows } = await sql`
    update promo set uses = uses + ${step}
    where id = ${promoId} and uses + ${step} <= coalesce(uses_max, uses + ${step})
    returning 1`.execute(ctx.tx);
  return rows.length > 0;
}
