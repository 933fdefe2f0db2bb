import { hash } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModel } from '../../agent/guard/model/model.ts';
import { compileRules } from '../../agent/guard/rules/compile-rules.ts';
import { STANDARD_RULES, STANDARD_VERSION } from '../../agent/guard/rules/standard-rules.ts';
import { makeJudge } from '../../agent/guard/scan/judge-php.ts';
import { makeScanner, scanPaths } from '../../agent/guard/scan/scan-paths.ts';
import { walkFolder } from '../../agent/guard/scan/walk-folder.ts';

/**
 * Measures the guard beside reading with SHA-256, clamscan and yara over the same folders, in the
 * same run: `node test/bench/guard-main.ts FOLDER…`. Times are processor time (user and system) of
 * one core, so that other work on the machine does not change them much; the median of three runs.
 */
const RUNS = 3;
const paths = process.argv.slice(2).map((path) => Buffer.from(path));
if (paths.length === 0) {
  process.stderr.write('node test/bench/guard-main.ts FOLDER…\n');
  process.exit(2);
}

interface Measured {
  files: number;
  bytes: number;
  seconds: number;
}

async function measure(run: () => Promise<Omit<Measured, 'seconds'>>): Promise<Measured> {
  const all: Measured[] = [];
  for (let at = 0; at < RUNS; at++) {
    const before = process.cpuUsage();
    const counted = await run();
    const used = process.cpuUsage(before);
    all.push({ ...counted, seconds: (used.user + used.system) / 1e6 });
  }
  return all.sort((a, b) => a.seconds - b.seconds)[RUNS >> 1] as Measured;
}

function readAndHash(): Omit<Measured, 'seconds'> {
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

/** Another scanner's processor time, as the system accounts for children; yara takes one folder. */
function measureOther(command: string, args: string[], total: Measured): Measured | null {
  if (spawnSync('which', [command]).status !== 0) return null;
  const script = `import os,subprocess,sys
ended=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.PIPE)
if b'error' in ended.stderr.lower(): sys.exit(ended.stderr)
used=os.times();print(used.children_user+used.children_system)`;
  let seconds = 0;
  for (const path of paths) {
    const all = ['-c', script, command, ...args, path.toString()];
    seconds += Number(execFileSync('python3', all, { encoding: 'utf8' }));
  }
  return { ...total, seconds };
}

function show(name: string, measured: Measured | null): void {
  if (!measured) return print(`${name.padEnd(26)} not installed`);
  const { files, bytes, seconds } = measured;
  const speed = bytes === 0 ? '' : `${(bytes / 1e6 / seconds).toFixed(1)} MB/s`;
  print(
    `${name.padEnd(26)} ${speed.padStart(12)}  ${Math.round(files / seconds)} files/s, ${seconds.toFixed(2)} s`,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const judge = makeJudge(compileRules(STANDARD_VERSION, STANDARD_RULES), readModel());
print(`${cpus()[0]?.model ?? ''}, Node ${process.version}, ${STANDARD_RULES.length} rules`);
await scanPaths(makeScanner(judge), paths); // warms caches and the compiler
const scanner = makeScanner(judge);
const raw = await measure(() => Promise.resolve(readAndHash()));
const first = await measure(() => scanPaths(makeScanner(judge), paths));
await scanPaths(scanner, paths);
const again = await measure(() => scanPaths(scanner, paths));
show('read and SHA-256', raw);
show('guard, first scan', first);
show('guard, unchanged', again);
const folder = mkdtempSync(join(tmpdir(), 'guard-bench-'));
try {
  const literals = STANDARD_RULES.map((rule, at) => `$l${at} = "${rule.id}" nocase`).join('\n');
  const yara = join(folder, 'rules.yar');
  writeFileSync(
    yara,
    `rule calls { strings:\n${literals}\n$e = /eval\\s*\\(\\s*\\$_(GET|POST|REQUEST|COOKIE)/ nocase\n` +
      `$p = /(gzinflate|base64_decode|str_rot13)\\s*\\(/ nocase\ncondition: any of them }\n`,
  );
  show('yara, as many strings', measureOther('yara', ['-r', '-p', '1', yara], raw));
  show('clamscan, the same rules', measureOther('clamscan', ['-r', '-d', yara], raw));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
print(`memory: ${Math.round(process.memoryUsage().rss / 1e6)} MB resident`);
