import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseDataFolder } from '#platform/database/embedded/choose-data-folder.ts';
import { startEmbeddedPostgres } from '#platform/database/embedded/start-embedded-postgres.ts';
import { choosePlace, startStoika } from '#test/harness/stoika-process.ts';
import { benchPlanPage } from './plan-page.ts';
const dataDir = mkdtempSync(join(tmpdir(), 'stoika-bench-'));
const database = await startEmbeddedPostgres({ dataDir: chooseDataFolder(dataDir) });
const node = (process.env['BENCH_NODE'] ?? '').split(' ').filter((word) => word !== '');
const stoika = startStoika(await choosePlace(dataDir), { env: { DATABASE_URL: database.url, SANDBOX_TODAY: '2023-04-10' }, node });
try { await stoika.ready; console.log(await benchPlanPage(stoika)); } finally { await stoika.stop(); await database.stop(); rmSync(dataDir,{recursive:true,force:true}); }
