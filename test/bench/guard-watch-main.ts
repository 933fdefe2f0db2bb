import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openGuard } from '#agent/guard/service/open-guard.ts';
import { isOurs, seenOnDisk } from '#agent/guard/service/seen-on-disk.ts';
import { guardPolicy } from '#agent/guard/service/wire.ts';
import { watchChanges, type ChangeWatch } from '#agent/guard/watch/watch-changes.ts';
import { latenciesOf, saidInMs } from './latencies.ts';

/**
 * How long watching a whole server takes to stand and what it weighs, and how soon a malicious file
 * is judged while 200 a second are written straight to the disk:
 * `node test/bench/guard-watch-main.ts [fanotify|tree] [folders] [seconds]`.
 */
const kind = (process.argv[2] ?? 'fanotify') as ChangeWatch['kind'];
const folders = Number(process.argv[3] ?? 100_000);
const seconds = Number(process.argv[4] ?? 20);
const WRITES_PER_SECOND = 200;
const MALICIOUS_EACH = 20;
const BAR_P95_MS = 1000;

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'stoika-watch-bench-')));
const homes = join(folder, 'homes');
try {
  makeFolders();
  const guard = openGuard(
    {
      ...{
        folder: join(folder, 'guard'),
        homes,
        outside: { yaraRules: null, clamd: null },
        quarantineBytes: 1 << 28,
        keepDays: 1,
      },
      ...{ judgeTimeoutMs: 7000, scanEveryMs: 0, mostEvents: 20_000, mostFindings: 100_000 },
      policy: guardPolicy.parse({ server: 'detect' }),
      rules: null,
    },
    (error) => console.error(error),
  );
  const before = process.memoryUsage.rss();
  const from = performance.now();
  const watch = await watchChanges(
    homes,
    {
      changed: (path) => {
        const slash = path.indexOf(47);
        const accountRef = path.toString('latin1', 0, slash);
        if (slash < 0 || isOurs(path)) return;
        guard.writtenBytes({ accountRef, path: path.subarray(slash + 1), origin: seenOnDisk() });
      },
      missed: () => console.log('missed'),
      failed: (error) => console.error(String(error)),
    },
    kind,
  );
  const startedMs = performance.now() - from;
  const own = process.memoryUsage.rss() - before;
  console.log(`${kind}: ${folders} folders watched after ${startedMs.toFixed(0)} ms`);
  console.log(`memory: here ${megabytes(own)}, its own process ${megabytes(watcherBytes())}`);
  await sleep(3000);
  const verdicts = await writeAndWait(guard);
  const latencies = latenciesOf(verdicts);
  console.log(`from the write to the verdict: ${saidInMs(latencies)}`);
  if (latencies.p95 > BAR_P95_MS) process.exitCode = 1;
  watch.stop();
  guard.stop();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function makeFolders(): void {
  mkdirSync(join(folder, 'guard'));
  for (let at = 0; at < folders; at += 1) {
    mkdirSync(join(homes, placeOf(at)), { recursive: true });
  }
}

/** Milliseconds from the moment before each malicious file is written to its verdict. */
async function writeAndWait(guard: ReturnType<typeof openGuard>): Promise<number[]> {
  const writtenAt = new Map<string, number>();
  const total = WRITES_PER_SECOND * seconds;
  const from = performance.now();
  for (let at = 0; at < total; at += 1) {
    const late = from + (at * 1000) / WRITES_PER_SECOND - performance.now();
    if (late > 1) await sleep(late);
    const path = join(homes, placeOf(at % folders), `f${at}.php`);
    writtenAt.set(path.slice(homes.length + 1), Date.now());
    writeFileSync(path, contentOf(at));
  }
  const verdicts: number[] = [];
  const wanted = Math.floor(total / MALICIOUS_EACH);
  let after = 0;
  for (const until = Date.now() + 60_000; verdicts.length < wanted && Date.now() < until;) {
    const page = guard.events({ after, limit: 1000 });
    after = page.nextAfter;
    for (const event of page.events) {
      if (event.kind !== 'finding') continue;
      const since = writtenAt.get(`${event.accountRef}/${event.path}`);
      if (since !== undefined) verdicts.push(Date.parse(event.at) - since);
    }
    if (page.events.length === 0) await sleep(50);
  }
  console.log(`${total} files written, ${verdicts.length} of ${wanted} malicious ones found`);
  if (verdicts.length < wanted) process.exitCode = 1;
  return verdicts;
}

/** A page of a site, or a look-alike of a shell behind a return: each different from the others. */
function contentOf(at: number): string {
  if (at % MALICIOUS_EACH === 0) return `<?php return; eval($_POST['stoika${at}']);`;
  const rows = Array.from({ length: 40 }, (_, row) => `  $list['k${row}'] = render($row, ${at});`);
  return `<?php\nfunction page_${at}($row) {\n  $list = [];\n${rows.join('\n')}\n  return $list;\n}\n`;
}

/** Of the process that watches, which is the child with that name; nothing where there is none. */
function watcherBytes(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8');
  for (const pid of children.trim().split(' ').filter(Boolean)) {
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('watch-mount-main')) continue;
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(line?.[1] ?? 0) * 1024;
  }
  return 0;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MB`;
}

function placeOf(at: number): string {
  return `u${at % 100}/d${at}`;
}
