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
const NOTHING = { passed: 0, failed: 0, skipped: 0 };

await inPlainWords(async () => {
  const words = process.argv.slice(2);
  const browserWords = words.filter((word) => word.includes('browser'));
  const otherWords = words.filter((word) => !word.includes('browser'));
  const runs = [];
  if (words.length === 0 || otherWords.length > 0) {
    runs.push({ prepare: () => {}, program: [VITEST, 'run', ...otherWords] });
  }
  if (words.length === 0 || browserWords.length > 0) {
    runs.push({ prepare: installChromium, program: [PLAYWRIGHT, 'test', ...browserWords] });
  }
  await installPackages();
  return runAll(runs);
});

/** Runs one after the other and closes with one line for all of them, which CI reads. */
async function runAll(runs) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  let exitCode = 0;
  for (const run of runs) {
    const { code, counts } = await runOne(run);
    for (const kind of Object.keys(total)) total[kind] += counts[kind];
    exitCode ||= code;
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  return exitCode || Number(total.failed > 0);
}

/** A run that broke before or beside its tests counts as one failure. */
async function runOne({ prepare, program }) {
  const folder = mkdtempSync(join(tmpdir(), 'stoika-test-'));
  const file = join(folder, 'counts.json');
  try {
    prepare();
    const code = await runPinned(program, { STOIKA_TEST_COUNTS: file });
    const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : NOTHING;
    const broke = code !== 0 && counts.failed === 0;
    return { code, counts: broke ? { ...counts, failed: 1 } : counts };
  } catch (error) {
    console.error(`\n${error.message}`);
    return { code: 1, counts: { ...NOTHING, failed: 1 } };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
