import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import type { ScanState } from './protection-words.ts';
import type { Scan } from './scan.ts';

type Row = {
  branch_id: number;
  id: string;
  account_id: string;
  node_id: string;
  engine_ref: string | null;
  kind: Scan['kind'];
  state: ScanState;
  asked_at: Temporal.Instant;
  started_at: Temporal.Instant | null;
  ended_at: Temporal.Instant | null;
  scanned_files: bigint;
  records: number;
  malicious: number;
  compromised: number;
  last_error: string | null;
};

type Tables = { guard_scan: Row };

function toScan(row: Row): Scan {
  return {
    id: row.id,
    branch: row.branch_id,
    accountId: row.account_id,
    nodeId: row.node_id,
    engineRef: row.engine_ref,
    kind: row.kind,
    state: row.state,
    askedAt: row.asked_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    scannedFiles: Number(row.scanned_files),
    records: row.records,
    malicious: row.malicious,
    compromised: row.compromised,
    lastError: row.last_error,
  };
}

/** Writes a scan, new or changed. */
export async function saveScan(ctx: Ctx, scan: Scan): Promise<void> {
  const { branch_id, id, ...rest }: Row = {
    branch_id: scan.branch,
    id: scan.id,
    account_id: scan.accountId,
    node_id: scan.nodeId,
    engine_ref: scan.engineRef,
    kind: scan.kind,
    state: scan.state,
    asked_at: scan.askedAt,
    started_at: scan.startedAt,
    ended_at: scan.endedAt,
    scanned_files: BigInt(scan.scannedFiles),
    records: scan.records,
    malicious: scan.malicious,
    compromised: scan.compromised,
    last_error: scan.lastError,
  };
  await tablesOf<Tables>(ctx.tx)
    .insertInto('guard_scan')
    .values({ branch_id, id, ...rest })
    .onConflict((conflict) => conflict.columns(['branch_id', 'id']).doUpdateSet(rest))
    .execute();
}

export async function lockScan(ctx: Ctx, id: string): Promise<Scan | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guard_scan')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toScan(row) : null;
}

export async function scanByRef(
  ctx: Ctx,
  where: { branch: number; nodeId: string; engineRef: string },
): Promise<Scan | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guard_scan')
    .selectAll()
    .where('branch_id', '=', where.branch)
    .where('node_id', '=', where.nodeId)
    .where('engine_ref', '=', where.engineRef)
    .forUpdate()
    .executeTakeFirst();
  return row ? toScan(row) : null;
}

/** Drops what an event told of a scan before its own starter knew that scan's name. */
export async function dropTwinsOf(ctx: Ctx, scan: Scan, engineRef: string): Promise<void> {
  await sql`
    delete from guard_scan
    where branch_id = ${scan.branch} and node_id = ${scan.nodeId}
      and engine_ref = ${engineRef} and id <> ${scan.id}`.execute(ctx.tx);
}

/** Scans of a node that have not ended, the first asked for first. */
export async function openScansOn(ctx: Ctx, nodeId: string, limit: number): Promise<Scan[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guard_scan')
    .selectAll()
    .where('node_id', '=', nodeId)
    .where('state', 'in', ['wanted', 'waiting', 'running'])
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toScan);
}

/** The newest scans of an account. */
export async function scansOf(ctx: Ctx, accountId: string, limit: number): Promise<Scan[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guard_scan')
    .selectAll()
    .where('branch_id', '=', branchOf(accountId))
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toScan);
}
