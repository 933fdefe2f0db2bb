import { once } from 'node:events';
import { runRenewals } from '#domains/orders/run-renewals.ts';
import { outside } from '#platform/runtime.ts';
import { DUE_AT } from './renewal-base.ts';
import { SYSTEM, withRuntime } from './renewal-database.ts';
import type { RenewalWorkerReport } from './renewal-worker.ts';

/** One process of a renewal run: `<database> <batch> <lanes>`. Says when it is ready, waits for a word. */
const [url = '', batchSize, lanes] = process.argv.slice(2);

await withRuntime(url, DUE_AT, async (runtime) => {
  const told = once(process, 'message');
  process.send?.('ready');
  await told;
  let peakBytes = process.memoryUsage.rss();
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }, 50);
  const before = process.cpuUsage();
  const packages = await runRenewals(outside(runtime, SYSTEM), {
    batchSize: Number(batchSize),
    lanes: Number(lanes),
    alone: (id) => Promise.reject(new Error(`${id} was set aside`)),
  });
  clearInterval(watch);
  const { user, system } = process.cpuUsage(before);
  const report: RenewalWorkerReport = { packages, cpuMs: (user + system) / 1000, peakBytes };
  process.send?.(report);
});
process.disconnect?.();
