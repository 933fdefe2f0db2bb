import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { findNodeByName, saveNode } from '#domains/hosting/index.ts';
import { hashOf, hashOfCode, JOIN_WITHIN_MS, makeJoinCode, makeKey } from './guard-server.ts';
import type { GuardServer } from './guard-server.ts';
import {
  insertServer,
  lockServer,
  lockServerByCode,
  saveRulePack,
  updateServer,
} from './guard-server-store.ts';
import { insertNodeOnce, lockNode, updateNode, wakeNodes } from './guarded-node-store.ts';
import type { JoinInput } from './server-call.ts';
import { newGuardedNode } from './sync-node.ts';
import { requireOperator, staffNode } from './whose-protection.ts';

const ENGINE = 'remote-guard';

/**
 * Makes ready for a server whose guard will call us: a node of its own, or one that is there. Refuses
 * `node-name-taken`, `server-there`.
 */
export async function addServer(
  ctx: Ctx,
  input: { name: string } | { nodeId: string },
): Promise<{ id: string; code: string }> {
  if (ctx.actor.kind !== 'staff') refuse('not-allowed');
  const { sellerId } = ctx.actor;
  const node =
    'nodeId' in input
      ? await staffNode(ctx, input.nodeId)
      : await newNode(ctx, sellerId, input.name);
  if (await lockServer(ctx, node.id)) refuse('server-there', { field: 'nodeId' });
  await insertServer(ctx, { ...BLANK, nodeId: node.id, sellerId: node.sellerId });
  await insertNodeOnce(ctx, newGuardedNode(node, ENGINE));
  const guarded = await lockNode(ctx, node.id);
  if (guarded && guarded.engineId !== ENGINE) {
    // Each engine numbers its own events.
    const fresh = { cursor: 0, policyApplied: null, policyAppliedAt: null, metrics: null };
    await updateNode(ctx, { ...guarded, engineId: ENGINE, ...fresh });
  }
  await wakeNodes(ctx, [node.id]);
  return { id: node.id, code: await newJoinCode(ctx, node.id) };
}

async function newNode(ctx: Ctx, sellerId: string, name: string) {
  if (await findNodeByName(ctx, sellerId, name)) refuse('node-name-taken', { field: 'name' });
  return saveNode(ctx, {
    ...{ sellerId, name, moduleId: 'bare-server', state: 'closed', capacity: 0 },
    settings: {},
  });
}

/** Another code for a server that is to join, for the first time or again; the last one is void. */
export async function newJoinCode(ctx: Ctx, id: string): Promise<string> {
  const server = await staffServer(ctx, id);
  const code = makeJoinCode();
  const joinUntilMs = Date.now() + JOIN_WITHIN_MS;
  await updateServer(ctx, { ...server, joinHash: hashOfCode(code), joinUntilMs });
  return code;
}

/** Turns a server away: its key opens nothing from now on, and neither does a code. */
export async function revokeServer(ctx: Ctx, id: string): Promise<void> {
  const server = await staffServer(ctx, id);
  await updateServer(ctx, {
    ...server,
    ...{ joinHash: null, joinUntilMs: null, keyHash: null, nextKeyHash: null },
    revokedAtMs: server.revokedAtMs ?? Date.now(),
  });
}

/** Has a server fetch another key with its next call. */
export async function wantRotation(ctx: Ctx, id: string): Promise<void> {
  const server = await staffServer(ctx, id);
  if (server.keyHash === null) refuse('server-not-joined');
  await updateServer(ctx, { ...server, rotateWanted: true });
}

/** The code is used up, and the server has a key; null for a code that opens nothing. */
export async function joinServer(
  ctx: Ctx,
  { code, version, hostName, homes }: JoinInput,
): Promise<{ serverId: string; key: string } | null> {
  const server = await lockServerByCode(ctx, hashOfCode(code));
  const nowMs = Date.now();
  if (!server || (server.joinUntilMs ?? 0) <= nowMs) return null;
  const key = makeKey(server.nodeId);
  await updateServer(ctx, {
    ...server,
    ...{ joinHash: null, joinUntilMs: null, revokedAtMs: null },
    ...{ keyHash: hashOf(key), nextKeyHash: null, keyGivenAtMs: nowMs, rotateWanted: false },
    ...{ joinedAtMs: nowMs, heardAtMs: nowMs, version, hostName, homes },
    policyConfirmed: null,
  });
  await wakeNodes(ctx, [server.nodeId]);
  return { serverId: server.nodeId, key };
}

/** A key to replace the caller's; both open until the new one is used. */
export async function giveNextKey(ctx: Ctx, server: GuardServer): Promise<string> {
  const key = makeKey(server.nodeId);
  const given = { nextKeyHash: hashOf(key), keyGivenAtMs: Date.now() };
  await updateServer(ctx, { ...server, ...given });
  return key;
}

/** The signed rules that servers fetch; each checks the signature by the key it was set up with. */
export async function changeRulePack(ctx: Ctx, pack: string): Promise<string> {
  await requireOperator(ctx);
  const version = versionOf(pack);
  if (version === null) refuse('rule-pack-invalid', { field: 'pack' });
  await saveRulePack(ctx, { version, pack });
  return version;
}

function versionOf(pack: string): string | null {
  try {
    const { version } = JSON.parse(pack) as { version?: unknown };
    return typeof version === 'string' && /^\w[\w.-]{0,63}$/.test(version) ? version : null;
  } catch {
    return null;
  }
}

/** A server of the staff's seller or of one below it, locked. */
export async function staffServer(ctx: Ctx, id: string): Promise<GuardServer> {
  const node = await staffNode(ctx, id);
  const server = await lockServer(ctx, node.id);
  return server ?? refuse('server-not-found', { field: 'id' });
}

const BLANK: Omit<GuardServer, 'nodeId' | 'sellerId'> = {
  joinHash: null,
  joinUntilMs: null,
  keyHash: null,
  nextKeyHash: null,
  keyGivenAtMs: null,
  rotateWanted: false,
  joinedAtMs: null,
  revokedAtMs: null,
  heardAtMs: null,
  version: null,
  hostName: null,
  watcher: null,
  watcherWhy: null,
  homes: null,
  rules: null,
  accounts: [],
  spool: null,
  seqBase: 0,
  policy: null,
  policyDigest: null,
  policyConfirmed: null,
};
