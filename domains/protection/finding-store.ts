import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import { likeText } from '#platform/database/like.ts';
import { rowsOf } from '#platform/database/rows.ts';
import type { ByteRange, FindingOrigin } from './protection-engine.ts';
import type { Finding } from './finding.ts';
import type { FindingClass, FindingState, FoundBy, MendAct } from './protection-words.ts';

type Row = {
  branch_id: number;
  id: string;
  node_id: string;
  engine_ref: string;
  seller_id: string;
  account_id: string | null;
  client_id: string | null;
  brand_id: string | null;
  account_ref: string;
  domain_name: string;
  path: string;
  class: FindingClass;
  family: string | null;
  rules: readonly string[];
  confidence: number;
  certain: boolean;
  limit_met: string | null;
  sha256: string;
  size_bytes: bigint;
  found_at: Temporal.Instant;
  detected_after_ms: bigint | null;
  found_by: FoundBy;
  origin: FindingOrigin | null;
  state: FindingState;
  act: MendAct | null;
  removed: readonly ByteRange[];
  mended_at: Temporal.Instant | null;
  restorable_until: Temporal.Instant | null;
  seq: bigint;
  created_at: Temporal.Instant;
};

type Tables = { finding: Row };

function toFinding(row: Row): Finding {
  const { branch_id, size_bytes, detected_after_ms, seq } = row;
  return {
    id: row.id,
    branch: branch_id,
    nodeId: row.node_id,
    engineRef: row.engine_ref,
    sellerId: row.seller_id,
    accountId: row.account_id,
    clientId: row.client_id,
    brandId: row.brand_id,
    accountRef: row.account_ref,
    domainName: row.domain_name,
    path: row.path,
    class: row.class,
    family: row.family,
    rules: row.rules,
    confidence: row.confidence,
    certain: row.certain,
    limitMet: row.limit_met,
    sha256: row.sha256,
    sizeBytes: Number(size_bytes),
    foundAt: row.found_at,
    detectedAfterMs: detected_after_ms === null ? null : Number(detected_after_ms),
    foundBy: row.found_by,
    origin: row.origin,
    state: row.state,
    act: row.act,
    removed: row.removed,
    mendedAt: row.mended_at,
    restorableUntil: row.restorable_until,
    seq: Number(seq),
    createdAt: row.created_at,
  };
}

const COLUMNS = {
  branch_id: 'int4',
  id: 'text',
  node_id: 'text',
  engine_ref: 'text',
  seller_id: 'text',
  account_id: 'text',
  client_id: 'text',
  brand_id: 'text',
  account_ref: 'text',
  domain_name: 'text',
  path: 'text',
  class: 'text',
  family: 'text',
  rules: 'jsonb',
  confidence: 'int4',
  certain: 'boolean',
  limit_met: 'text',
  sha256: 'text',
  size_bytes: 'int8',
  found_at: 'timestamptz',
  detected_after_ms: 'int8',
  found_by: 'text',
  origin: 'jsonb',
  state: 'text',
  act: 'text',
  removed: 'jsonb',
  mended_at: 'timestamptz',
  restorable_until: 'timestamptz',
  seq: 'int8',
  created_at: 'timestamptz',
} satisfies Record<keyof Row, string>;

function toRow(finding: Finding): Record<keyof Row, unknown> {
  return {
    branch_id: finding.branch,
    id: finding.id,
    node_id: finding.nodeId,
    engine_ref: finding.engineRef,
    seller_id: finding.sellerId,
    account_id: finding.accountId,
    client_id: finding.clientId,
    brand_id: finding.brandId,
    account_ref: finding.accountRef,
    domain_name: finding.domainName,
    path: finding.path,
    class: finding.class,
    family: finding.family,
    rules: finding.rules,
    confidence: finding.confidence,
    certain: finding.certain,
    limit_met: finding.limitMet,
    sha256: finding.sha256,
    size_bytes: finding.sizeBytes,
    found_at: finding.foundAt,
    detected_after_ms: finding.detectedAfterMs,
    found_by: finding.foundBy,
    origin: finding.origin,
    state: finding.state,
    act: finding.act,
    removed: finding.removed,
    mended_at: finding.mendedAt,
    restorable_until: finding.restorableUntil,
    seq: finding.seq,
    created_at: finding.createdAt,
  };
}

/** Writes findings, new ones and changed ones, with one statement. */
export async function saveFindings(ctx: Ctx, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  const columns = sql.raw(Object.keys(COLUMNS).join(', '));
  await sql`
    insert into finding (${columns})
    select ${columns} from ${rowsOf(COLUMNS, findings.map(toRow))}
    on conflict (branch_id, id) do update set
      state = excluded.state, act = excluded.act, removed = excluded.removed,
      mended_at = excluded.mended_at, restorable_until = excluded.restorable_until,
      seq = excluded.seq`.execute(ctx.tx);
}

export async function selectFinding(ctx: Ctx, id: string): Promise<Finding | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('finding')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toFinding(row) : null;
}

export async function lockFinding(ctx: Ctx, id: string): Promise<Finding | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('finding')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toFinding(row) : null;
}

/** By the engine's names, held until the transaction ends. */
export async function lockFindingsByRef(
  ctx: Ctx,
  nodeId: string,
  refs: readonly string[],
): Promise<Finding[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('finding')
    .selectAll()
    .where('node_id', '=', nodeId)
    .where(sql<boolean>`engine_ref = any(${[...refs]})`)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(toFinding);
}

export type FindingFilter = {
  /** Staff's: those of these sellers. */
  sellerIds?: readonly string[];
  accountId?: string;
  nodeId?: string;
  clientId?: string;
  states?: readonly FindingState[];
  class?: FindingClass;
  rule?: string;
  /** Part of the path or of the domain, or a whole SHA-256. */
  search?: string;
  cursor?: string;
  limit: number;
};

/** Newest first, one row more than `limit`. */
export async function selectFindings(ctx: Ctx, filter: FindingFilter): Promise<Finding[]> {
  let query = tablesOf<Tables>(ctx.tx)
    .selectFrom('finding')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(filter.limit + 1);
  if (filter.sellerIds) {
    query = query.where(sql<boolean>`seller_id = any(${[...filter.sellerIds]})`);
  }
  if (filter.accountId) {
    query = query
      .where('branch_id', '=', branchOf(filter.accountId))
      .where('account_id', '=', filter.accountId);
  }
  if (filter.nodeId) query = query.where('node_id', '=', filter.nodeId);
  if (filter.clientId) query = query.where('client_id', '=', filter.clientId);
  if (filter.states) query = query.where('state', 'in', [...filter.states]);
  if (filter.class) query = query.where('class', '=', filter.class);
  if (filter.rule)
    query = query.where(sql<boolean>`rules @> ${JSON.stringify([filter.rule])}::jsonb`);
  if (filter.search) {
    const part = `%${likeText(filter.search.toLowerCase())}%`;
    const word = filter.search.toLowerCase();
    query = query.where(
      sql<boolean>`(lower(path) like ${part} or domain_name like ${part} or sha256 = ${word})`,
    );
  }
  if (filter.cursor) query = query.where('id', '<', filter.cursor);
  return (await query.execute()).map(toFinding);
}
