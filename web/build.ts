import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'vite';
import { compressFolder } from './build/compress-folder.ts';
import { changedSince, fingerprint, readFingerprint } from './build/fingerprint.ts';
import { inputsPlugin } from './build/inputs-plugin.ts';
import { pruneFolder } from './build/prune-folder.ts';

const ROOT = resolve(import.meta.dirname, '..');
const DIST = resolve(ROOT, 'dist');
const STAMP = resolve(DIST, 'web-inputs.json');
const MODES = ['panel', 'store', 'store-server'] as const;

/**
 * Builds the web when its sources have changed since the last time (or never was built), in a
 * process of its own. Takes some 30 ms when nothing changed. `report` gets lines for the console.
 */
export async function ensureWebBuilt(report: (line: string) => void = () => {}): Promise<string> {
  const stamp = await readFingerprint(STAMP);
  if (stamp && (await fingerprint(ROOT, stamp.files)) === stamp.hash) return DIST;
  report('building the web');
  const startedMs = performance.now();
  await runBuild();
  report(`web built in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  return DIST;
}

async function runBuild(): Promise<void> {
  // Tests run with another NODE_ENV, under which JSX would be compiled for React's development build.
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = spawn(process.execPath, [import.meta.filename], { cwd: ROOT, env, stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const code = await new Promise<number | null>((done) => child.on('close', done));
  if (code !== 0) throw new Error(`the web did not build:\n${output}`);
}

/** All three bundles, then the compressed copies, then the stamp that says what they came from. */
async function buildWeb(): Promise<void> {
  const startedMs = Date.now();
  const inputs = new Set<string>();
  for (const mode of MODES) {
    await build({
      configFile: resolve(ROOT, 'vite.config.ts'),
      mode,
      logLevel: 'warn',
      plugins: [inputsPlugin(ROOT, inputs)],
    });
  }
  for (const bundle of ['panel', 'store']) {
    await compressFolder(resolve(DIST, bundle));
    await pruneFolder(resolve(DIST, bundle), Date.now());
  }
  const files = [...inputs].toSorted();
  // A source saved while we built may be in the bundles or not: the next start builds again.
  const still = !(await changedSince(ROOT, files, startedMs));
  const hash = still ? await fingerprint(ROOT, files) : 'changed while building';
  await mkdir(DIST, { recursive: true });
  await writeFile(STAMP, JSON.stringify({ hash, files }));
}

if (import.meta.main) {
  if (!existsSync(resolve(ROOT, 'node_modules/vite'))) throw new Error('run npm install first');
  await buildWeb();
}
