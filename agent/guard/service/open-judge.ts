import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { engineFolders } from './engine-folders.ts';
import type { RuleSet } from '../scan/rule-set.ts';
import { limited } from '../scan/verdict.ts';
import type { FromJudge, Judgement, ToJudge } from './judge-messages.ts';

/** Unix user `nobody` of Debian: owns nothing. */
const NOBODY = 65_534;
const HEAP_MB = 384;
const START_WITHIN_MS = 30_000;

interface Job {
  name: string;
  content: Uint8Array;
  settle: (judgement: Judgement) => void;
}

interface Worker {
  child: ChildProcess;
  ready: boolean;
  job: Job | null;
  timer: NodeJS.Timeout | undefined;
}

export interface OpenJudge {
  /** Always answers: what ends or outlasts the worker is `suspicious: limit`, never clean. */
  judge: (name: string, content: Uint8Array, urgent: boolean) => Promise<Judgement>;
  /** Contents that are not judged yet are judged by these. */
  useRules: (rules: RuleSet) => void;
  stop: () => void;
}

/**
 * A process that judges contents, one after another, urgent ones first. It starts with the first
 * content, and again when one kills it or takes longer than `timeoutMs`.
 */
export function openJudge(timeoutMs: number, firstRules: RuleSet, asUid = NOBODY): OpenJudge {
  let rules = firstRules;
  const urgentJobs: Job[] = [];
  const jobs: Job[] = [];
  let worker: Worker | null = null;
  let number = 0;

  const giveUp = (failed: Worker, limit: string) => {
    if (worker === failed) worker = null;
    clearTimeout(failed.timer);
    failed.child.kill('SIGKILL');
    const { job } = failed;
    failed.job = null;
    job?.settle({ verdict: limited(limit), cuts: [] });
    next();
  };

  const start = (): Worker => {
    const child = spawnWorker(rules, asUid);
    const started: Worker = { child, ready: false, job: null, timer: undefined };
    child.once('exit', () => giveUp(started, 'crash'));
    child.once('error', () => giveUp(started, 'crash'));
    child.on('message', (message: FromJudge) => {
      if (message.kind === 'ready') {
        started.ready = true;
        if (started.job) limitTime(started, timeoutMs, 'time');
        else clearTimeout(started.timer);
      } else if (message.id === number && started.job) {
        clearTimeout(started.timer);
        const { job } = started;
        started.job = null;
        job.settle(message.judgement);
      }
      next();
    });
    limitTime(started, START_WITHIN_MS, 'start');
    return started;
  };

  const limitTime = (busy: Worker, allowedMs: number, limit: string) => {
    clearTimeout(busy.timer);
    busy.timer = setTimeout(() => giveUp(busy, limit), allowedMs);
  };

  const next = () => {
    if (urgentJobs.length + jobs.length === 0) return;
    worker ??= start();
    if (worker.job) return;
    const job = urgentJobs.shift() ?? jobs.shift();
    if (!job) return;
    worker.job = job;
    number += 1;
    const { name, content } = job;
    tell(worker, { kind: 'judge', id: number, name, content });
    // One that is starting begins with its first job when it is ready.
    if (worker.ready) limitTime(worker, timeoutMs, 'time');
  };

  return {
    judge: (name, content, urgent) =>
      new Promise((settle) => {
        (urgent ? urgentJobs : jobs).push({ name, content, settle });
        next();
      }),
    useRules: (next) => {
      rules = next;
      if (worker) tell(worker, { kind: 'rules', rules });
    },
    stop: () => {
      for (const job of [...urgentJobs.splice(0), ...jobs.splice(0)]) {
        job.settle({ verdict: limited('stopped'), cuts: [] });
      }
      if (worker) giveUp(worker, 'stopped');
    },
  };
}

function tell({ child }: Worker, message: ToJudge): void {
  child.send(message, () => undefined);
}

/** Reads its own code while it starts, and nothing after that; empty environment, no network. */
function spawnWorker(rules: RuleSet, asUid: number): ChildProcess {
  const codeFolders = engineFolders();
  const child = spawn(
    process.execPath,
    [
      '--permission',
      ...codeFolders.map((folder) => `--allow-fs-read=${folder}`),
      '--allow-worker',
      `--max-old-space-size=${HEAP_MB}`,
      '--no-warnings',
      fileURLToPath(new URL('./judge-worker-main.ts', import.meta.url)),
    ],
    { env: {}, stdio: ['ignore', 'ignore', 'inherit', 'ipc'], serialization: 'advanced' },
  );
  const uid = process.getuid?.() === 0 ? asUid : null;
  const setup: ToJudge = { kind: 'setup', uid, codeFolders, rules };
  child.send(setup, () => undefined);
  return child;
}
