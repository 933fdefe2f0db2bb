// npm test [files]: every test, or those whose path contains one of the words given.
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inPlainWords } from './in-plain-words.mjs';
import { installChromium } from './install-chromium.mjs';
import { installPackages } from './install-packages.mjs';
import { runPinned } from './run-pinned.mjs';

const VITEST = 'node_modules/vitest/vitest.mjs';
const PLAYWRIGHT = 'node_modules/@playwright/test/cli.js';
/** Young objects get room to die in: tests make many, and copying them about took a tenth. */
const NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=64`;
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

/**
 * Runs all at once, for each leaves the machine idle half of its time, and closes with one line for
 * all of them, which CI reads. What the first says is shown as it comes, the others' after it.
 */
async function runAll(runs) {
  const folder = mkdtempSync(join(tmpdir(), 'stoika-test-'));
  try {
    const begun = runs.map((run, index) => runOne(run, join(folder, String(index)), index > 0));
    const total = { passed: 0, failed: 0, skipped: 0 };
    let exitCode = 0;
    for (const one of begun) {
      const { code, counts, said } = await one;
      process.stdout.write(said);
      for (const kind of Object.keys(total)) total[kind] += counts[kind];
      exitCode ||= code;
    }
    const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
    console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
    return exitCode || Number(total.failed > 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A run that broke before or beside its tests counts as one failure. */
async function runOne({ prepare, program }, file, isQuiet) {
  const output = isQuiet ? openSync(`${file}.output`, 'w') : 'inherit';
  const said = () => (isQuiet ? readFileSync(`${file}.output`, 'utf8') : '');
  try {
    prepare();
    const code = await runPinned(program, { STOIKA_TEST_COUNTS: file, NODE_OPTIONS }, output);
    const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : NOTHING;
    const broke = code !== 0 && counts.failed === 0;
    return { code, counts: broke ? { ...counts, failed: 1 } : counts, said: said() };
  } catch (error) {
    const counts = { ...NOTHING, failed: 1 };
    return { code: 1, counts, said: `${said()}\n${error.message}\n` };
  }
}
