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
  /** PHP does not start on this machine. */
  | { kind: 'unavailable' }
  /** The account was stopped meanwhile: look again what it may serve. */
  | { kind: 'stopped' };

type Job = {
  prepare: () => Promise<PhpRequest | null>;
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

export type AccountPool = ReturnType<typeof accountPool>;

/**
 * Gives each account at most one process: started by its first request, kept while it is used,
 * ended when idle or when another account needs its place. Requests of one account wait in line.
 */
export function accountPool(options: PoolOptions, start: (ref: string) => AccountProcess) {
  const lanes = new Map<string, Lane>();
  const slots = processSlots(options.maxProcesses, () => evictIdle(lanes));

  const run = (
    ref: string,
    prepare: () => Promise<PhpRequest | null>,
    sink: AnswerSink,
  ): Promise<PoolResult> => {
    const lane = lanes.get(ref) ?? newLane();
    lanes.set(ref, lane);
    if (lane.jobs.length >= options.maxQueuedPerAccount) {
      return Promise.resolve({ kind: 'overloaded' });
    }
    return new Promise((settle) => {
      const expiresAt = performance.now() + options.requestTimeoutMs;
      lane.jobs.push({ prepare, sink, settle, expiresAt });
      if (!lane.busy) void work(ref, lane);
    });
  };

  const work = async (ref: string, lane: Lane) => {
    lane.busy = true;
    clearTimeout(lane.idleTimer);
    for (let job = lane.jobs.shift(); job !== undefined; job = lane.jobs.shift()) {
      job.settle(await serve(ref, lane, job));
    }
    lane.busy = false;
    lane.usedAt = performance.now();
    if (lane.process && slots.isWanted()) lane.process.kill();
    lane.idleTimer = setTimeout(() => lane.process?.kill(), options.idleTimeoutMs);
    lane.idleTimer.unref();
    if (!lane.process) lanes.delete(ref);
  };

  const serve = async (ref: string, lane: Lane, job: Job): Promise<PoolResult> => {
    if (performance.now() > job.expiresAt) return { kind: 'overloaded' };
    const obtained = await obtain(ref, lane, job.expiresAt);
    if (typeof obtained === 'string') return { kind: obtained };
    const request = await job.prepare();
    if (request === null) return { kind: 'stopped' };
    const result = await obtained.run(request, job.sink, options.requestTimeoutMs);
    if (!obtained.isUsable()) obtained.kill();
    return result.kind === 'crashed' && lane.stopping ? { kind: 'stopped' } : result;
  };

  const obtain = async (ref: string, lane: Lane, expiresAt: number) => {
    if (lane.process?.isUsable()) return lane.process;
    await lane.process?.exited;
    if (!(await slots.take(expiresAt - performance.now()))) return 'overloaded';
    if (lane.stopping) {
      slots.free();
      return 'stopped';
    }
    const process = start(ref);
    lane.process = process;
    void process.exited.then(() => {
      if (lane.process === process) lane.process = null;
      if (!lane.busy && lane.jobs.length === 0) lanes.delete(ref);
      slots.free();
    });
    if (await process.ready) return process;
    process.kill();
    return lane.stopping ? 'stopped' : 'unavailable';
  };

  const stop = async (ref: string): Promise<void> => {
    const lane = lanes.get(ref);
    if (!lane) return;
    lane.stopping = true;
    for (const job of lane.jobs.splice(0)) job.settle({ kind: 'stopped' });
    clearTimeout(lane.idleTimer);
    lane.process?.kill();
    await lane.process?.exited;
    lane.stopping = false;
  };

  return {
    run,
    stop,
    liveProcesses: slots.taken,
    async stopAll() {
      await Promise.all([...lanes.keys()].map(stop));
    },
  };
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
