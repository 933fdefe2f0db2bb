import type { AccountProcess, AnswerSink, RunResult } from './account-process.ts';
import type { PhpRequest } from './messages.ts';
import { processSlots } from './process-slots.ts';

export type PoolOptions = {
  maxProcesses: number;
  maxQueuedPerAccount: number;
  requestTimeoutMs: number;
  idleTimeoutMs: number;
};

export type PoolResult =
  | RunResult
  /** Too many wait already, or waiting took as long as a request may. */
  | { kind: 'overloaded' }
  /** The guard keeps this script from running. */
  | { kind: 'stopped-by-guard'; reason: 'malicious' | 'unseen' | 'upload-folder' }
  /** PHP does not start on this machine. */
  | { kind: 'unavailable' }
  /** The account was stopped meanwhile: look again what it may serve. */
  | { kind: 'stopped' }
  /** Our own defect, for the caller to log. */
  | { kind: 'failed'; error: unknown };

type Job = {
  prepare: () => Promise<PhpRequest | PoolResult>;
  sink: AnswerSink;
  settle: (result: PoolResult) => void;
  expiresAt: number;
};

/** An account's queue and, while it has one, its process. */
type Lane = {
  process: AccountProcess | null;
  jobs: Job[];
  busy: boolean;
  stopping: boolean;
  usedAt: number;
  idleTimer: NodeJS.Timeout | undefined;
};

type Pool = {
  options: PoolOptions;
  start: (ref: string) => AccountProcess;
  isCurrent: (ref: string, process: AccountProcess) => boolean;
  lanes: Map<string, Lane>;
  slots: ReturnType<typeof processSlots>;
};

export type AccountPool = ReturnType<typeof accountPool>;

/**
 * Gives each account at most one process: started by its first request, kept while it is used,
 * ended when idle or when another account needs its place. Requests of one account wait in line.
 */
export function accountPool(
  options: PoolOptions,
  start: Pool['start'],
  /** False for a process that was started under other settings: it is replaced. */
  isCurrent: Pool['isCurrent'] = () => true,
) {
  const lanes = new Map<string, Lane>();
  const slots = processSlots(options.maxProcesses, () => evictIdle(lanes));
  const pool: Pool = { options, start, isCurrent, lanes, slots };
  return {
    /** `prepare` is asked when the process is free; its answer may be that nothing shall run. */
    run: (ref: string, prepare: Job['prepare'], sink: AnswerSink) =>
      enqueue(pool, ref, prepare, sink),
    /** Ends the account's process and whatever waits for it; resolves when it is gone. */
    stop: (ref: string) => stop(pool, ref),
    liveProcesses: slots.taken,
    async stopAll() {
      await Promise.all([...lanes.keys()].map((ref) => stop(pool, ref)));
    },
  };
}

function enqueue(
  pool: Pool,
  ref: string,
  prepare: Job['prepare'],
  sink: AnswerSink,
): Promise<PoolResult> {
  const lane = pool.lanes.get(ref) ?? newLane();
  pool.lanes.set(ref, lane);
  if (lane.jobs.length >= pool.options.maxQueuedPerAccount) {
    return Promise.resolve({ kind: 'overloaded' });
  }
  return new Promise((settle) => {
    const expiresAt = performance.now() + pool.options.requestTimeoutMs;
    lane.jobs.push({ prepare, sink, settle, expiresAt });
    if (!lane.busy) void work(pool, ref, lane);
  });
}

async function work(pool: Pool, ref: string, lane: Lane): Promise<void> {
  lane.busy = true;
  clearTimeout(lane.idleTimer);
  for (let job = lane.jobs.shift(); job !== undefined; job = lane.jobs.shift()) {
    job.settle(await serve(pool, ref, lane, job));
  }
  lane.busy = false;
  lane.usedAt = performance.now();
  if (!lane.process) {
    pool.lanes.delete(ref);
    return;
  }
  if (pool.slots.isWanted()) lane.process.kill();
  lane.idleTimer = setTimeout(() => lane.process?.kill(), pool.options.idleTimeoutMs);
  lane.idleTimer.unref();
}

async function serve(pool: Pool, ref: string, lane: Lane, job: Job): Promise<PoolResult> {
  try {
    if (performance.now() > job.expiresAt) return { kind: 'overloaded' };
    const process = await obtain(pool, ref, lane, job.expiresAt);
    if (typeof process === 'string') return { kind: process };
    const request = await job.prepare();
    if ('kind' in request) return request;
    const result = await process.run(request, job.sink, pool.options.requestTimeoutMs);
    if (!process.isUsable()) process.kill();
    if (result.kind !== 'crashed') return result;
    return lane.stopping ? { kind: 'stopped' } : { ...result, words: process.lastWords() };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

async function obtain(pool: Pool, ref: string, lane: Lane, expiresAt: number) {
  if (lane.process && !pool.isCurrent(ref, lane.process)) lane.process.kill();
  if (lane.process?.isUsable()) return lane.process;
  await lane.process?.exited;
  if (!(await pool.slots.take(expiresAt - performance.now()))) return 'overloaded';
  if (lane.stopping) {
    pool.slots.free();
    return 'stopped';
  }
  const process = pool.start(ref);
  lane.process = process;
  void process.exited.then(() => {
    if (lane.process === process) lane.process = null;
    if (!lane.busy) pool.lanes.delete(ref);
    pool.slots.free();
  });
  if (await process.ready) return process;
  process.kill();
  return lane.stopping ? 'stopped' : 'unavailable';
}

async function stop(pool: Pool, ref: string): Promise<void> {
  const lane = pool.lanes.get(ref);
  if (!lane) return;
  lane.stopping = true;
  for (const job of lane.jobs.splice(0)) job.settle({ kind: 'stopped' });
  clearTimeout(lane.idleTimer);
  lane.process?.kill();
  await lane.process?.exited;
  lane.stopping = false;
}

function newLane(): Lane {
  const usedAt = performance.now();
  return { process: null, jobs: [], busy: false, stopping: false, usedAt, idleTimer: undefined };
}

/** Ends the process unused for longest; its exit frees a place. */
function evictIdle(lanes: Map<string, Lane>): void {
  let oldest: Lane | undefined;
  for (const lane of lanes.values()) {
    if (lane.busy || !lane.process?.isUsable()) continue;
    if (!oldest || lane.usedAt < oldest.usedAt) oldest = lane;
  }
  oldest?.process?.kill();
}
