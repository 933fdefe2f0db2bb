import { setTimeout as sleep } from 'node:timers/promises';
import { eventPage, type GuardEvent } from '#agent/guard/service/wire.ts';
import { openTestNode } from '#agent/testing/open-test-node.ts';
import { latenciesOf, saidInMs } from './latencies.ts';

/**
 * How soon a malicious file is found and mended while 200 files a second are written through the
 * node's file manager, one in twenty of them malicious: `node test/bench/guard-writes-main.ts`.
 * Times run from the moment the file stands on the disk; the bar is a second for 95 of 100.
 */
const WRITES_PER_SECOND = 200;
const SECONDS = Number(process.argv[2] ?? 20);
const MALICIOUS_EACH = 20;
const BAR_P95_MS = 1000;

const node = await openTestNode({ guard: 'on', guardScanEveryMinutes: 0 });
try {
  await node.addPackage('anna', { accounts: 1, diskMb: 1024 });
  await node.control('PUT', '/guard/policy', { server: 'protect' });
  await sleep(3000);
  const from = performance.now();
  const writes: Promise<unknown>[] = [];
  const total = WRITES_PER_SECOND * SECONDS;
  for (let at = 0; at < total; at += 1) {
    const late = from + (at * 1000) / WRITES_PER_SECOND - performance.now();
    if (late > 1) await sleep(late);
    writes.push(node.write('anna', `public_html/d${at % 50}/f${at}.php`, contentOf(at)));
  }
  await Promise.all(writes);
  const seconds = (performance.now() - from) / 1000;
  const expected = Math.floor(total / MALICIOUS_EACH);
  const events = await eventsUntil(expected);
  const { found, mended } = timesOf(events);
  const rate = (total / seconds).toFixed(0);
  console.log(`${total} files written, ${rate} a second, ${expected} of them malicious`);
  console.log(`from the write to the verdict: ${saidInMs(latenciesOf(found))}`);
  console.log(`from the write to the mended file: ${saidInMs(latenciesOf(mended))}`);
  const met = mended.length === expected && latenciesOf(mended).p95 <= BAR_P95_MS;
  console.log(met ? 'ok' : 'LOW');
  if (!met) process.exitCode = 1;
} finally {
  await node.close();
}

/** A page of a site, or a look-alike of a shell behind a return: each different from the others. */
function contentOf(at: number): string {
  if (at % MALICIOUS_EACH === 0) return `<?php return; eval($_POST['stoika${at}']);`;
  const rows = Array.from({ length: 40 }, (_, row) => `  $list['k${row}'] = render($row, ${at});`);
  return `<?php\nfunction page_${at}($row) {\n  $list = [];\n${rows.join('\n')}\n  return $list;\n}\n`;
}

async function eventsUntil(mended: number): Promise<GuardEvent[]> {
  const events: GuardEvent[] = [];
  let after = 0;
  for (const until = performance.now() + 60_000; performance.now() < until;) {
    const { status: _status, ...answer } = await node.control(
      'GET',
      `/guard/events?after=${after}`,
    );
    const page = eventPage.parse(answer);
    after = page.nextAfter;
    events.push(...page.events);
    if (events.filter(({ kind }) => kind === 'mended').length >= mended) break;
    if (page.events.length === 0) await sleep(200);
  }
  return events;
}

function timesOf(events: GuardEvent[]): { found: number[]; mended: number[] } {
  const written = new Map<string, number>();
  const found: number[] = [];
  const mended: number[] = [];
  for (const event of events) {
    if (event.kind === 'finding' && event.origin) {
      written.set(event.findingId, Date.parse(event.origin.at));
      found.push(event.detectedAfterMs ?? Infinity);
    }
    const since = event.kind === 'mended' ? written.get(event.findingId) : undefined;
    if (since !== undefined) mended.push(Date.parse(event.at) - since);
  }
  return { found, mended };
}
