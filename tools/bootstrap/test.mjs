// npm test [files]: every test, or those whose path contains one of the words given.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inPlainWords } from './in-plain-words.mjs';
import { installChromium } from './install-chromium.mjs';
import { installPackages } from './install-packages.mjs';
import { runPinned } from './run-pinned.mjs';

const VITEST = 'node_modules/vitest/vitest.mjs';
const PLAYWRIGHT = 'node_modules/@playwright/test/cli.js';

await inPlainWords(async () => {
  const words = process.argv.slice(2);
  const browserWords = words.filter((word) => word.includes('browser'));
  const otherWords = words.filter((word) => !word.includes('browser'));
  const runs = [];
  await installPackages();
  if (words.length === 0 || otherWords.length > 0) runs.push([VITEST, 'run', ...otherWords]);
  if (words.length === 0 || browserWords.length > 0) {
    installChromium();
    runs.push([PLAYWRIGHT, 'test', ...browserWords]);
  }
  return runAll(runs);
});

/** Runs one after the other and closes with one line for all of them, which CI reads. */
async function runAll(runs) {
  const folder = mkdtempSync(join(tmpdir(), 'stoika-counts-'));
  const total = { passed: 0, failed: 0, skipped: 0 };
  let exitCode = 0;
  for (const [number, run] of runs.entries()) {
    const file = join(folder, String(number));
    const code = await runPinned(run, { STOIKA_TEST_COUNTS: file });
    const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    for (const kind of Object.keys(total)) total[kind] += counts[kind] ?? 0;
    if (code !== 0 && !counts.failed) total.failed += 1; // the run itself broke
    exitCode ||= code;
  }
  rmSync(folder, { recursive: true });
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  return exitCode || (total.failed > 0 ? 1 : 0);
}
