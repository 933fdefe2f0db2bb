import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseDataFolder } from '#platform/database/embedded/choose-data-folder.ts';
import { startEmbeddedPostgres } from '#platform/database/embedded/start-embedded-postgres.ts';
import { choosePlace, startStoika } from '#test/harness/stoika-process.ts';
import { saidInMs } from './latencies.ts';
import { benchPlaceOrder } from './place-order.ts';
import { benchPlanPage } from './plan-page.ts';

/** What is promised; a bench that falls below ends with 1. */
const BAR = { pageShare: 0.6, changeShownMs: 1000, orderP95Ms: 50 };

const dataDir = mkdtempSync(join(tmpdir(), 'stoika-bench-'));
const database = await startEmbeddedPostgres({ dataDir: chooseDataFolder(dataDir) });
/** `BENCH_NODE='--cpu-prof'` shows where the time goes. */
const node = (process.env['BENCH_NODE'] ?? '').split(' ').filter((word) => word !== '');
const stoika = startStoika(await choosePlace(dataDir), {
  env: { DATABASE_URL: database.url, SANDBOX_TODAY: '2023-04-10' },
  node,
});
const isMet: boolean[] = [];
const say = (met: boolean, text: string): void => {
  isMet.push(met);
  console.log(`${met ? 'ok  ' : 'LOW '} ${text}`);
};
try {
  await stoika.ready;
  const page = await benchPlanPage(stoika);
  const share = page.page / page.bare;
  const cpuShare = page.pagePerCpuSecond / page.barePerCpuSecond;
  say(
    share >= BAR.pageShare,
    `plan page (${page.bytes} bytes): ${page.page.toFixed(0)} requests/s, ` +
      `${(share * 100).toFixed(0)} % of a bare handler's ${page.bare.toFixed(0)}; ` +
      `by processor time ${(cpuShare * 100).toFixed(0)} %`,
  );
  say(
    page.changeShownMs < BAR.changeShownMs,
    `a new price shows ${page.changeShownMs.toFixed(0)} ms after it was published`,
  );
  const orders = await benchPlaceOrder(stoika, database.url);
  say(
    orders.steady.p95 < BAR.orderP95Ms,
    `placing an order, 50 clients, each once a second: ${saidInMs(orders.steady)}`,
  );
  console.log(`     all 50 at the same instant: ${saidInMs(orders.crowd)}`);
  console.log(`     without any pause: ${orders.perSecond.toFixed(0)} orders/s`);
  console.log(
    `     yardstick, ${orders.rowsPerOrder} rows in a transaction by hand: ` +
      `${saidInMs(orders.yardstick)}; an order's p50 is ` +
      `${(orders.steady.p50 / orders.yardstick.p50).toFixed(1)} times that`,
  );
} finally {
  await stoika.stop();
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
if (isMet.includes(false)) process.exitCode = 1;
