import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { jsonb, tablesOf } from '#platform/database/database.ts';
import type { GuardServer, ServerAccount } from './guard-server.ts';
import type { EnginePolicy } from './protection-engine.ts';

type Row = {
  node_id: string;
  seller_id: string;
  join_hash: string | null;
  join_until_ms: bigint | null;
  key_hash: string | null;
  next_key_hash: string | null;
  key_given_at_ms: bigint | null;
  rotate_wanted: boolean;
  joined_at_ms: bigint | null;
  revoked_at_ms: bigint | null;
  heard_at_ms: bigint | null;
  version: string | null;
  host_name: string | null;
  watcher: GuardServer['watcher'];
  watcher_why: string | null;
  homes: string | null;
  rules: string | null;
  accounts: ServerAccount[];
  spool: string | null;
  seq_base: bigint;
  policy: EnginePolicy | null;
  policy_digest: string | null;
  policy_confirmed: string | null;
};

type Tables = { guard_server: Row };

const toMs = (ms: bigint | null): number | null => (ms === null ? null : Number(ms));
const fromMs = (ms: number | null): bigint | null => (ms === null ? null : BigInt(ms));

function toServer(row: Row): GuardServer {
  return {
    nodeId: row.node_id,
    sellerId: row.seller_id,
    joinHash: row.join_hash,
    joinUntilMs: toMs(row.join_until_ms),
    keyHash: row.key_hash,
    nextKeyHash: row.next_key_hash,
    keyGivenAtMs: toMs(row.key_given_at_ms),
    rotateWanted: row.rotate_wanted,
    joinedAtMs: toMs(row.joined_at_ms),
    revokedAtMs: toMs(row.revoked_at_ms),
    heardAtMs: toMs(row.heard_at_ms),
    version: row.version,
    hostName: row.host_name,
    watcher: row.watcher,
    watcherWhy: row.watcher_why,
    homes: row.homes,
    rules: row.rules,
    accounts: row.accounts,
    spool: row.spool,
    seqBase: Number(row.seq_base),
    policy: row.policy,
    policyDigest: row.policy_digest,
    policyConfirmed: row.policy_confirmed,
  };
}

function toRow(server: GuardServer) {
  return {
    node_id: server.nodeId,
    seller_id: server.sellerId,
    join_hash: server.joinHash,
    join_until_ms: fromMs(server.joinUntilMs),
    key_hash: server.keyHash,
    next_key_hash: server.nextKeyHash,
    key_given_at_ms: fromMs(server.keyGivenAtMs),
    rotate_wanted: server.rotateWanted,
    joined_at_ms: fromMs(server.joinedAtMs),
    revoked_at_ms: fromMs(server.revokedAtMs),
    heard_at_ms: fromMs(server.heardAtMs),
    version: server.version,
    host_name: server.hostName,
    watcher: server.watcher,
    watcher_why: server.watcherWhy,
    homes: server.homes,
    rules: server.rules,
    accounts: jsonb([...server.accounts]),
    spool: server.spool,
    seq_base: BigInt(server.seqBase),
    policy: server.policy === null ? null : jsonb(server.policy),
    policy_digest: server.policyDigest,
    policy_confirmed: server.policyConfirmed,
  };
}

export async function insertServer(ctx: Ctx, server: GuardServer): Promise<void> {
  await tablesOf<Tables>(ctx.tx).insertInto('guard_server').values(toRow(server)).execute();
}

/** Writes a server back; it must have been read in this transaction by `lockServer…`. */
export async function updateServer(ctx: Ctx, server: GuardServer): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('guard_server')
    .set(toRow(server))
    .where('node_id', '=', server.nodeId)
    .execute();
}

export async function selectServer(ctx: Ctx, nodeId: string): Promise<GuardServer | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guard_server')
    .selectAll()
    .where('node_id', '=', nodeId)
    .executeTakeFirst();
  return row ? toServer(row) : null;
}

export async function lockServer(ctx: Ctx, nodeId: string): Promise<GuardServer | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guard_server')
    .selectAll()
    .where('node_id', '=', nodeId)
    .forUpdate()
    .executeTakeFirst();
  return row ? toServer(row) : null;
}

/** The server whose staff were shown that code, whether or not its time is over. */
export async function lockServerByCode(ctx: Ctx, joinHash: string): Promise<GuardServer | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guard_server')
    .selectAll()
    .where('join_hash', '=', joinHash)
    .forUpdate()
    .executeTakeFirst();
  return row ? toServer(row) : null;
}

export async function selectServers(ctx: Ctx, nodeIds: readonly string[]): Promise<GuardServer[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guard_server')
    .selectAll()
    .where(sql<boolean>`node_id = any(${[...nodeIds]})`)
    .execute();
  return rows.map(toServer);
}

export type RulePack = { version: string; pack: string };

export async function selectRulePack(ctx: Ctx): Promise<RulePack | null> {
  const { rows } = await sql<RulePack>`select version, pack from guard_rule_pack`.execute(ctx.tx);
  return rows[0] ?? null;
}

export async function saveRulePack(ctx: Ctx, { version, pack }: RulePack): Promise<void> {
  await sql`
    insert into guard_rule_pack (only_one, version, pack, saved_at)
    values (true, ${version}, ${pack}, ${ctx.now})
    on conflict (only_one) do update set version = excluded.version, pack = excluded.pack,
      saved_at = excluded.saved_at`.execute(ctx.tx);
}
