import { hash } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
  type BigIntStats,
} from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModel } from '../../agent/guard/model/model.ts';
import { compileRules } from '../../agent/guard/rules/compile-rules.ts';
import { STANDARD_RULES, STANDARD_VERSION } from '../../agent/guard/rules/standard-rules.ts';
import { makeInodeCache, rememberInode } from '../../agent/guard/scan/inode-cache.ts';
import { makeJudge } from '../../agent/guard/scan/judge-php.ts';
import { makeScanner, scanPaths } from '../../agent/guard/scan/scan-paths.ts';
import { walkFolder } from '../../agent/guard/scan/walk-folder.ts';
import { SCAN_FLAGS } from '../../agent/guard/service/scan-flags.ts';
import { PHP_PACKAGES, unpackDebianPackages } from '../harness/debian-packages.ts';
import { YARA_RULE_COUNT, YARA_RULES } from './guard-yara.ts';

/**
 * Measures the guard beside reading with SHA-256, clamscan and yara over the same files, in the
 * same run: `npm run bench:guard [-- FOLDER…] [--yara RULES…]`; without folders, PHP files of Debian's
 * applications. Speed is by processor time (user and system) of one core, so that other work on
 * the machine does not change it much; the median of runs. What falls below its bar says so, and
 * the run ends with 1.
 */
const RUNS = 5;
const WARM_RUNS = 8;
const BAR = { clean: 100, clamscan: 10, yara: 3, unchanged: 100_000, memoryMb: 200 };
const A_MILLION = 1_000_000;

interface Measured {
  files: number;
  bytes: number;
  seconds: number;
}

const rest = process.argv.slice(2);
const at = rest.indexOf('--yara');
const yaraFiles = at < 0 ? [] : rest.slice(at + 1);
const given = at < 0 ? rest : rest.slice(0, at);
const work = mkdtempSync(join(tmpdir(), 'guard-bench-'));
const misses: string[] = [];

async function measure(run: () => Promise<Omit<Measured, 'seconds'>>): Promise<Measured> {
  const all: Measured[] = [];
  for (let turn = 0; turn < RUNS; turn++) {
    const before = process.cpuUsage();
    const counted = await run();
    const used = process.cpuUsage(before);
    all.push({ ...counted, seconds: (used.user + used.system) / 1e6 });
  }
  return all.sort((a, b) => a.seconds - b.seconds)[RUNS >> 1] as Measured;
}

/** PHP of the packages in one folder, as links by number: what every scanner is then given. */
function collectPhp(): string[] {
  if (given.length > 0) return given;
  let files = 0;
  const take = (name: string, from: Buffer) => {
    if (!/\.(php|inc)$/.test(name)) return;
    const folder = join(work, 'php', String(files % 100));
    mkdirSync(folder, { recursive: true });
    copyFileSync(from, join(folder, `${files++}.php`));
  };
  for (const root of unpackDebianPackages(PHP_PACKAGES)) {
    walkFolder(Buffer.from(root), {
      file: (found) => take(found.name.toString('latin1'), found.entry),
      skipped: () => {},
    });
  }
  return [join(work, 'php')];
}

function readAndHash(paths: readonly Buffer[]): Omit<Measured, 'seconds'> {
  let [files, bytes] = [0, 0];
  const file = (entry: Buffer) => {
    const content = readFileSync(entry);
    hash('sha256', content);
    files++;
    bytes += content.length;
  };
  for (const path of paths) {
    walkFolder(path, { file: (found) => file(found.entry), skipped: () => {} });
  }
  return { files, bytes };
}

/** Another scanner's processor time, as the system accounts for children. */
function measureOther(command: string, args: string[], folders: string[], total: Measured) {
  if (spawnSync('which', [command]).status !== 0) return null;
  const script = `import os,subprocess,sys
ended=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.PIPE)
if b'error' in ended.stderr.lower(): sys.exit(ended.stderr)
used=os.times();print(used.children_user+used.children_system)`;
  let seconds = 0;
  for (const folder of folders) {
    const all = ['-c', script, command, ...args, folder];
    seconds += Number(execFileSync('python3', all, { encoding: 'utf8' }));
  }
  return { ...total, seconds };
}

const speedOf = ({ bytes, seconds }: Measured) => bytes / 1e6 / seconds;

function show(name: string, measured: Measured | null): void {
  if (!measured) return print(`     ${name.padEnd(34)} not installed`);
  const { files, bytes, seconds } = measured;
  const speed = bytes === 0 ? '' : `${speedOf(measured).toFixed(1)} MB/s`;
  const rate = `${Math.round(files / seconds)} files/s, ${seconds.toFixed(2)} s`;
  print(`     ${name.padEnd(34)} ${speed.padStart(12)}  ${rate}`);
}

function check(met: boolean, text: string): void {
  if (!met) misses.push(text);
  print(`${met ? 'ok  ' : 'LOW '} ${text}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Resident memory with what a scanner keeps of a million files, each with a content of its own. */
async function memoryOfAMillion(paths: readonly Buffer[]): Promise<number> {
  const scanner = makeScanner(judge, { inodes: makeInodeCache() });
  await scanPaths(scanner, paths);
  for (let inode = 0; inode < A_MILLION; inode++) {
    const number = BigInt(inode);
    const stats = {
      dev: 7n,
      ino: number,
      size: number,
      ctimeNs: number,
      mtimeNs: number,
    };
    rememberInode(scanner.inodes, stats as BigIntStats, 0);
  }
  return process.memoryUsage().rss / 1e6;
}

const judge = makeJudge(compileRules(STANDARD_VERSION, STANDARD_RULES), readModel());
try {
  const folders = collectPhp();
  const paths = folders.map((path) => Buffer.from(path));
  print(`${cpus()[0]?.model ?? ''}, Node ${process.version}, ${STANDARD_RULES.length} rules`);
  if (process.env['GUARD_BENCH_MEMORY']) {
    const memory = await memoryOfAMillion(paths);
    check(
      memory <= BAR.memoryMb,
      `${memory.toFixed(0)} MB resident after a scan, with a million files remembered`,
    );
  } else {
    await bench(folders, paths);
    // Memory as the scans of a node are started.
    const own = [...SCAN_FLAGS, import.meta.filename, ...folders];
    const env = { ...process.env, GUARD_BENCH_MEMORY: '1' };
    const ended = spawnSync(process.execPath, own, { env, encoding: 'utf8' });
    print(ended.stdout.trim().split('\n').at(-1) ?? '');
    if (ended.status !== 0) misses.push('memory');
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
if (misses.length > 0) process.exitCode = 1;

async function bench(folders: string[], paths: readonly Buffer[]): Promise<void> {
  // Warms the file system's caches and the compiler: a server's files outnumber these by far.
  for (let warm = 0; warm < WARM_RUNS; warm++) await scanPaths(makeScanner(judge), paths);
  const raw = await measure(() => Promise.resolve(readAndHash(paths)));
  const first = await measure(() => scanPaths(makeScanner(judge), paths));
  const scanner = makeScanner(judge);
  await scanPaths(scanner, paths);
  const again = await measure(() => scanPaths(scanner, paths));
  const rules = join(work, 'rules.yar');
  writeFileSync(rules, YARA_RULES);
  const yara = measureOther('yara', ['-w', '-r', '-p', '1', rules], folders, raw);
  const clam = measureOther('clamscan', ['-r', '-i', '-d', rules], folders, raw);
  show('read and SHA-256 (the limit)', raw);
  show('guard, first scan', first);
  show('guard, unchanged', { ...again, bytes: 0 });
  show(`yara, ${YARA_RULE_COUNT} rules like ours`, yara);
  for (const file of yaraFiles) {
    show(
      `yara, ${file.slice(file.lastIndexOf('/') + 1)}`,
      measureOther('yara', ['-w', '-r', '-p', '1', file], folders, raw),
    );
  }
  show(`clamscan, the same ${YARA_RULE_COUNT} rules`, clam);
  check(
    speedOf(first) >= BAR.clean,
    `first scan at ${speedOf(first).toFixed(0)} MB/s per core, ${((speedOf(first) / speedOf(raw)) * 100).toFixed(0)} % of the limit`,
  );
  if (yara) {
    const times = speedOf(first) / speedOf(yara);
    check(times >= BAR.yara, `${times.toFixed(1)} times yara`);
  }
  if (clam) {
    const times = speedOf(first) / speedOf(clam);
    check(times >= BAR.clamscan, `${times.toFixed(1)} times clamscan`);
  }
  const rate = again.files / again.seconds;
  check(rate >= BAR.unchanged, `unchanged: ${Math.round(rate)} files/s per core`);
}
