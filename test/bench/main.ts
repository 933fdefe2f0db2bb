import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseDataFolder } from '#platform/database/embedded/choose-data-folder.ts';
import { startEmbeddedPostgres } from '#platform/database/embedded/start-embedded-postgres.ts';
import { choosePlace, startStoika } from '#test/harness/stoika-process.ts';
import { saidInMs } from './latencies.ts';
import { benchPlaceOrder } from './place-order.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'stoika-bench-'));
const database = await startEmbeddedPostgres({ dataDir: chooseDataFolder(dataDir) });
const place = await choosePlace(dataDir);
const node = (process.env['BENCH_NODE'] ?? '').split(' ').filter((word) => word !== '');
const stoika = startStoika(place, { env: { DATABASE_URL: database.url }, node });
try {
  await stoika.ready;
  const figures = await benchPlaceOrder(stoika, database.url);
  console.log('steady   ', saidInMs(figures.steady));
  console.log('crowd    ', saidInMs(figures.crowd));
  console.log('yardstick', saidInMs(figures.yardstick), figures.rowsPerOrder, 'rows');
  console.log('per second', figures.perSecond);
} finally {
  await stoika.stop();
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
