import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { jsonb, tablesOf } from '#platform/database/database.ts';
import type { LegalDetails, Seller } from './seller.ts';

type Tables = {
  seller: {
    id: string;
    parent_id: string | null;
    depth: number;
    path: string[];
    branch_id: number;
    name: string;
    zone: string;
    country: string;
    legal: LegalDetails;
    created_at: Temporal.Instant;
  };
};

type Row = Tables['seller'];

function toSeller(row: Row): Seller {
  return {
    id: row.id,
    parentId: row.parent_id,
    depth: row.depth,
    path: row.path,
    branch: row.branch_id,
    name: row.name,
    zone: row.zone,
    country: row.country,
    legal: row.legal,
  };
}

export async function selectSeller(ctx: Ctx, id: string): Promise<Seller | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('seller')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toSeller(row) : null;
}

export async function selectOperator(ctx: Ctx): Promise<Seller | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('seller')
    .selectAll()
    .where('parent_id', 'is', null)
    .executeTakeFirst();
  return row ? toSeller(row) : null;
}

/** The seller's ancestors and itself, the operator first. */
export async function selectChain(ctx: Ctx, id: string): Promise<Seller[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('seller as ancestor')
    .innerJoin('seller as self', (join) =>
      join.on(sql<boolean>`ancestor.id = any(self.path)`).on('self.id', '=', id),
    )
    .selectAll('ancestor')
    .orderBy('ancestor.depth')
    .execute();
  return rows.map(toSeller);
}

/** A seller and everything below it, parents before children. */
export async function selectTree(ctx: Ctx, rootId: string, limit: number): Promise<Seller[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('seller')
    .selectAll()
    .where(sql<boolean>`path @> array[${rootId}]`)
    .orderBy('depth')
    .orderBy('name')
    .limit(limit)
    .execute();
  return rows.map(toSeller);
}

export async function nextBranch(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ branch: number }>`
    select nextval('branch_number')::int as branch`.execute(ctx.tx);
  return rows[0]?.branch ?? 0;
}

export async function insertSeller(ctx: Ctx, seller: Seller): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .insertInto('seller')
    .values({
      id: seller.id,
      parent_id: seller.parentId,
      depth: seller.depth,
      path: [...seller.path],
      branch_id: seller.branch,
      name: seller.name,
      zone: seller.zone,
      country: seller.country,
      legal: jsonb(seller.legal),
      created_at: ctx.now,
    })
    .execute();
}
