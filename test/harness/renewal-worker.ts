import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, 'renewal-worker-main.ts');

/**
 * It keeps some 40 MB whatever it renews; without a bound Node lets garbage lie beside it, and with
 * a narrow one it collects all the time.
 */
const HEAP = ['--max-old-space-size=176'];

export type RenewalWorkerReport = { packages: number; cpuMs: number; peakBytes: number };

export type RenewalWorkerAsk = { url: string; batchSize: number; lanes: number };

/** A process of its own that takes part in a renewal run until nothing is due. */
export type RenewalWorker = {
  /** It has loaded everything and waits for `go`. */
  ready: Promise<void>;
  go(): void;
  /** Null when it was killed. Rejects when it failed. */
  report: Promise<RenewalWorkerReport | null>;
  /** `kill -9`; settles when it is gone. */
  kill(): Promise<void>;
};

export function startRenewalWorker({ url, batchSize, lanes }: RenewalWorkerAsk): RenewalWorker {
  const child = fork(MAIN, [url, String(batchSize), String(lanes)], { execArgv: HEAP });
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  const ready = Promise.withResolvers<void>();
  let report: RenewalWorkerReport | null = null;
  child.on('message', (message) => {
    if (message === 'ready') ready.resolve();
    else report = message as RenewalWorkerReport;
  });
  return {
    ready: Promise.race([ready.promise, exited.then(() => {})]),
    go: () => child.connected && child.send('go'),
    report: exited.then(([code, signal]) => {
      if (signal === 'SIGKILL') return null;
      if (code === 0 && report) return report;
      throw new Error(`a renewal worker ended with ${code ?? signal}`);
    }),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
