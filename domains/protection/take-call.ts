import { isDeepStrictEqual } from 'node:util';
import type { Ctx } from '#platform/context.ts';
import { endOrder, openOrders, tidyOrders } from './guard-order-store.ts';
import { isHashOf, isKeyDue, nodeOfKey } from './guard-server.ts';
import type { GuardServer } from './guard-server.ts';
import { lockServer, selectRulePack, updateServer } from './guard-server-store.ts';
import { selectGuardedNode, wakeNodes } from './guarded-node-store.ts';
import { protectionEngineKind } from './protection-engine.ts';
import { ORDERS_MAX } from './server-call.ts';
import type { CallInput } from './server-call.ts';
import { saveSources } from './sync-node.ts';
import { takeEvents } from './take-events.ts';

const NEXT_MS = 4000;
/** While somebody waits for what it does. */
const SOON_MS = 700;

/**
 * The server that a key belongs to, locked; null for anybody else. A key that replaces another
 * takes its place with its first use, so that a lost answer locks nobody out.
 */
export async function serverOfKey(ctx: Ctx, key: string): Promise<GuardServer | null> {
  const nodeId = nodeOfKey(key);
  const server = nodeId === null ? null : await lockServer(ctx, nodeId);
  if (!server || server.revokedAtMs !== null) return null;
  if (isHashOf(key, server.keyHash)) return server;
  if (!isHashOf(key, server.nextKeyHash)) return null;
  return { ...server, keyHash: server.nextKeyHash, nextKeyHash: null, rotateWanted: false };
}

/** Takes in what a server says and tells it what it is to do, in one transaction. */
export async function takeCall(ctx: Ctx, caller: GuardServer, call: CallInput) {
  const nowMs = Date.now();
  const guarded = await selectGuardedNode(ctx, caller.nodeId);
  if (!guarded) throw new Error(`server ${caller.nodeId} has no node`);
  // Numbers of another spool go on where those of the last one ended.
  const seqBase = caller.spool === call.spool ? caller.seqBase : guarded.cursor;
  const server: GuardServer = {
    ...caller,
    heardAtMs: nowMs,
    version: call.version,
    watcher: call.watcher,
    watcherWhy: call.watcherWhy,
    homes: call.homes,
    rules: call.rules,
    accounts: call.accounts ?? caller.accounts,
    spool: call.spool,
    seqBase,
    policyConfirmed: call.policyDigest,
  };
  await updateServer(ctx, server);
  if (!isDeepStrictEqual(guarded.sources, call.sources)) {
    await saveSources(ctx, server.nodeId, call.sources);
  }
  for (const { orderId, value, refusal } of call.results) {
    const result = { result: value ?? null, refusal: refusal ?? null };
    await endOrder(ctx, { nodeId: server.nodeId, id: orderId, ...result }, nowMs);
  }
  // While another engine guards the node, its events are the ones that are counted.
  const isOurs = guarded.engineId === 'remote-guard';
  const cursor = isOurs ? await takeTold(ctx, server, guarded.cursor, call.events) : guarded.cursor;
  const { policyDigest } = server;
  const isNews = call.policyDigest !== caller.policyConfirmed;
  if (isNews && call.policyDigest === policyDigest) await wakeNodes(ctx, [server.nodeId]);
  await tidyOrders(ctx, server.nodeId, nowMs);
  const orders = await openOrders(ctx, server.nodeId, ORDERS_MAX, nowMs);
  const isBusy = orders.length > 0 || call.results.length > 0;
  return {
    acked: Math.max(0, cursor - seqBase),
    policy: isOurs && call.policyDigest !== policyDigest ? policyFor(server) : null,
    pack: call.takesRules ? await packFor(ctx, server, call.refusedPack) : null,
    orders: orders.map(({ id, input }) => ({ orderId: id, ...input })),
    rotateKey: isKeyDue(server, nowMs),
    nextMs: isBusy ? SOON_MS : NEXT_MS,
  };
}

/** Where our cursor stands afterwards; told twice, an event counts once. */
async function takeTold(
  ctx: Ctx,
  { nodeId, seqBase }: GuardServer,
  cursor: number,
  told: CallInput['events'],
): Promise<number> {
  const numbered = told.map((event) => ({ ...event, seq: event.seq + seqBase }));
  const news = numbered.filter(({ seq }) => seq > cursor).toSorted((a, b) => a.seq - b.seq);
  const [first] = news;
  const last = news.at(-1);
  if (!first || !last) return cursor;
  const engine = ctx.extension(protectionEngineKind, 'remote-guard');
  const events = engine?.readEvents?.(news) ?? [];
  if (events.length < news.length) {
    ctx.log.warn({ nodeId, leftOut: news.length - events.length }, 'events that nobody knows');
  }
  const lost = Math.max(0, first.seq - 1 - Math.max(cursor, seqBase));
  const page = { events, nextAfter: last.seq, lost, sources: null };
  return (await takeEvents(ctx, nodeId, cursor, page)) ? last.seq : cursor;
}

function policyFor({ policy, policyDigest }: GuardServer) {
  return policy === null ? null : { digest: policyDigest, ...policy };
}

async function packFor(
  ctx: Ctx,
  { rules }: GuardServer,
  refused: string | null,
): Promise<string | null> {
  const pack = await selectRulePack(ctx);
  return pack && pack.version !== rules && pack.version !== refused ? pack.pack : null;
}
