import { setTimeout as pause } from 'node:timers/promises';
import type { Ctx, Outside } from '#platform/context.ts';
import { claimDue, earliestStepAt, isLive } from '#domains/subscriptions/index.ts';
import type { Hold } from '#domains/ledger/index.ts';
import { renewMany } from './renew-many.ts';
import type { RenewalResult } from './renew-many.ts';
import type { RenewalCounts, RenewalException } from './renewal-run.ts';
import {
  insertBatch,
  insertRun,
  joinOpenRun,
  moveRun,
  selectOpenRun,
  takeTurn,
  upsertExceptions,
} from './renewal-run-store.ts';
import { inCompany } from './renew-together.ts';
import type { Others } from './renewal-run-store.ts';
import { selectOrdered } from './store.ts';

export type RenewalRunAsk = {
  /** Renews one that has an open order, or that a batch failed at; tells what it failed with. */
  alone(subscriptionId: string): Promise<string | null>;
  batchSize?: number;
  /** Batches at once: while the database writes one, the next is priced. */
  lanes?: number;
};

const BATCH = 100;
const BATCH_MIN = 20;
/** So many batches bring the smallest size back to the full one. */
const STEPS_BACK = 20;
/** In times of what the batch took. */
const REST_MAX = 3;
const REST_MAX_MS = 1000;
const LANES = 2;

/**
 * Carries out every automatic renewal that is due, in batches of one transaction each. Any number
 * of processes may run it at once: what one holds the others pass over, and a renewed package is
 * no longer due, so whatever was killed is simply done by the next. Returns how many were taken.
 */
export async function runRenewals(outside: Outside, ask: RenewalRunAsk): Promise<number> {
  const runId = await outside.transact(openRun);
  if (runId === null) return 0;
  const lanes = Array.from({ length: ask.lanes ?? LANES }, () => runLane(outside, runId, ask));
  const taken = await Promise.all(lanes);
  await outside.transact((ctx) => closeRun(ctx, runId));
  return taken.reduce((sum, count) => sum + count, 0);
}

/** The run to work on; null when nothing is due or staff have paused it. */
async function openRun(ctx: Ctx): Promise<string | null> {
  const open = await selectOpenRun(ctx);
  if (open) return open.state === 'running' ? open.id : null;
  if (!(await isAnyDue(ctx))) return null;
  await insertRun(ctx, ctx.newId('rnr', 0));
  const begun = await selectOpenRun(ctx);
  return begun?.state === 'running' ? begun.id : null;
}

async function isAnyDue(ctx: Ctx): Promise<boolean> {
  const at = await earliestStepAt(ctx, ['renew']);
  return at !== null && Temporal.Instant.compare(at, ctx.now) <= 0;
}

async function closeRun(ctx: Ctx, runId: string): Promise<void> {
  if (!(await isAnyDue(ctx))) await moveRun(ctx, runId, 'running', 'done');
}

/**
 * People go first: while they are about, one batch at a time is under way in all processes, so that
 * processors are left to them. A batch that somebody waited for is followed by one of half the size,
 * and the smaller batches are the longer they rest, until nobody has waited for some time.
 */
async function runLane(outside: Outside, runId: string, ask: RenewalRunAsk): Promise<number> {
  const most = ask.batchSize ?? BATCH;
  for (let taken = 0, size = most, takesTurn = false; ;) {
    const startedAt = performance.now();
    const batch = await takeBatch(outside, { runId, size, takesTurn });
    for (const id of batch.aside) await renewAlone(outside, runId, id, ask);
    taken += batch.taken;
    if (batch.taken < size) return taken;
    size = sizeAfter(size, most, batch.isAwaited);
    takesTurn = batch.isCrowded;
    const rest = Math.min(most / size - 1, REST_MAX) * (performance.now() - startedAt);
    if (rest > 0) await pause(Math.min(rest, REST_MAX_MS));
  }
}

function sizeAfter(size: number, most: number, isAwaited: boolean): number {
  const next = isAwaited ? Math.max(size / 2, BATCH_MIN) : size + most / STEPS_BACK;
  return Math.min(most, Math.ceil(next));
}

async function renewAlone(
  outside: Outside,
  runId: string,
  subscriptionId: string,
  ask: RenewalRunAsk,
): Promise<void> {
  const reason = await ask.alone(subscriptionId);
  if (reason === null) return;
  const failed: RenewalException = { subscriptionId, outcome: 'failed', reason };
  await outside.transact((ctx) => upsertExceptions(ctx, runId, [failed]));
}

type Batch = Others & { taken: number; aside: readonly string[] };
const NOBODY: Others = { isAwaited: false, isCrowded: false };
const NOTHING: Batch = { ...NOBODY, taken: 0, aside: [] };
type BatchAsk = { runId: string; size: number; takesTurn: boolean };
/** `claimed`: what was taken before it failed. */
type BatchTry = BatchAsk & { hold: Hold; claimed: string[] };

/**
 * Accounts are held last, so that neither people nor other batches wait for them; when that fails,
 * mostly because money moved meanwhile, the batch is done again with accounts held first. One that
 * cannot be renewed must not hold up the others: if it fails again each goes by itself.
 */
async function takeBatch(outside: Outside, asked: BatchAsk): Promise<Batch> {
  const { runId } = asked;
  const claimed: string[] = [];
  const ask = { ...asked, claimed };
  try {
    return await outside.transact((ctx) => renewBatch(ctx, { ...ask, hold: 'last' }));
  } catch (error) {
    if (claimed.length === 0) throw error;
    outside.log.info({ error, run: runId }, 'a renewal batch is done again');
  }
  try {
    return await outside.transact((ctx) => renewBatch(ctx, { ...ask, hold: 'first' }));
  } catch (error) {
    if (claimed.length === 0) throw error;
    outside.log.error({ error, run: runId, packages: claimed.length }, 'a renewal batch failed');
    return { ...NOBODY, taken: claimed.length, aside: claimed };
  }
}

async function renewBatch(
  ctx: Ctx,
  { runId, size, takesTurn, hold, claimed }: BatchTry,
): Promise<Batch> {
  claimed.length = 0;
  const run = await joinOpenRun(ctx);
  if (run?.id !== runId || run.state !== 'running') return NOTHING;
  if (takesTurn) await takeTurn(ctx);
  const due = (await claimDue(ctx, 'renew', size)).filter(isLive);
  claimed.push(...due.map(({ id }) => id));
  if (due.length === 0) return NOTHING;
  // Those with company are renewed with it, client by client.
  const ordered = (await selectOrdered(ctx, due)).union(await inCompany(ctx, due));
  const results = await renewMany(
    ctx,
    due.filter(({ id }) => !ordered.has(id)),
    hold,
  );
  await upsertExceptions(ctx, runId, exceptionsOf(results));
  const others = await insertBatch(ctx, runId, countsOf(results, ordered.size));
  return { ...others, taken: due.length, aside: [...ordered] };
}

function countsOf(results: readonly RenewalResult[], setAside: number): RenewalCounts {
  const counts = { renewed: 0, unpaid: 0, locked: 0, refused: 0, setAside };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
}

function exceptionsOf(results: readonly RenewalResult[]): RenewalException[] {
  return results.flatMap(({ subscription, outcome, code }) =>
    outcome === 'renewed' ? [] : [{ subscriptionId: subscription.id, outcome, reason: code ?? '' }],
  );
}
