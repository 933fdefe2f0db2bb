import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestNode, type TestNode } from '../../testing/open-test-node.ts';
import { buildZip } from '../../testing/build-zip.ts';
import { STANDARD_RULES, STANDARD_VERSION } from '../rules/standard-rules.ts';
import { signPack } from '../scan/read-rule-pack.ts';
import { eventPage, findingBytes, findingView, type FindingView, type GuardEvent } from './wire.ts';

/** Harmless: what looks like a shell stands behind a return. */
const SHELL = `<?php echo 'it ran'; return; eval($_POST['stoika']);`;
let node: TestNode;
let keyFolder = '';
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
let after = 0;

beforeAll(async () => {
  keyFolder = mkdtempSync(join(tmpdir(), 'stoika-key-'));
  const guardRulesKey = join(keyFolder, 'key.pem');
  writeFileSync(guardRulesKey, publicKey.export({ type: 'spki', format: 'pem' }));
  const often = { guardScanEveryMinutes: 0, requestTimeoutMs: 8000 };
  node = await openTestNode({ guard: 'on', guardRulesKey, ...often });
  await node.addPackage('anna');
  await node.addPackage('boris');
  await node.addPackage('cyril');
});
afterAll(async () => {
  await node.close();
  rmSync(keyFolder, { recursive: true });
});

const setMode = (server: string, more: object = {}) =>
  node.control('PUT', '/guard/policy', { server, ...more });

/** New events, once there are any that the test waits for. */
async function eventsUntil(enough: (events: GuardEvent[]) => boolean): Promise<GuardEvent[]> {
  const events: GuardEvent[] = [];
  for (const until = Date.now() + 20_000; Date.now() < until;) {
    const { status, ...page } = await node.control('GET', `/guard/events?after=${after}`);
    expect(status).toBe(200);
    const read = eventPage.parse(page);
    after = read.nextAfter;
    events.push(...read.events);
    if (enough(events)) return events;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`waited in vain: ${JSON.stringify(events)}`);
}

const one = (events: GuardEvent[], kind: GuardEvent['kind']) =>
  events.find((event) => event.kind === kind);
const has = (kind: GuardEvent['kind']) => (events: GuardEvent[]) => Boolean(one(events, kind));

async function findingOf(event: GuardEvent | undefined): Promise<FindingView> {
  if (!event || !('findingId' in event)) throw new Error('no finding');
  const { status: _status, ...finding } = await node.control(
    'GET',
    `/guard/findings/${event.findingId}`,
  );
  return findingView.parse(finding);
}

/** Processes that the node started with that program. */
function childrenOf(pid: number, program: string): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return children
    .map(Number)
    .filter((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(program));
}

const run = (path: string, name = 'anna') => node.get(`${name}.localhost`, { path });

beforeEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, 200));
  const { nextAfter } = await node.control('GET', `/guard/events?after=${after}&limit=1000`);
  after = nextAfter as number;
});

test('Rules from outside are taken when signed, told, and rolled back', async () => {
  const pack = signPack('2030-1', STANDARD_RULES, privateKey);
  const standard = { version: STANDARD_VERSION, standard: true };
  expect(await node.control('GET', '/guard/rules')).toMatchObject(standard);
  const forged = await node.control('PUT', '/guard/rules', { ...pack, version: '2030-2' });
  expect(forged).toMatchObject({ status: 422, code: 'rules-refused' });
  expect(await node.control('PUT', '/guard/rules', pack)).toMatchObject({ version: '2030-1' });
  const back = await node.control('POST', '/guard/rules/roll-back');
  expect(back).toMatchObject({ status: 200, ...standard });
});

describe('A look-alike of a web shell, uploaded through the file manager', () => {
  test('is stopped before its first run, explained, and given back on the owner’s word', async () => {
    await setMode('protect');
    await node.write('anna', 'public_html/shell.php', SHELL);
    const answer = await run('/shell.php');
    expect(answer.text).not.toContain('it ran');

    const events = await eventsUntil(has('mended'));
    const found = one(events, 'finding');
    expect(found).toMatchObject({
      accountRef: 'anna',
      path: 'public_html/shell.php',
      class: 'malicious',
      certain: true,
      origin: { by: 'upload', script: null },
    });
    const finding = await findingOf(found);
    expect(finding).toMatchObject({ state: 'mended', mend: { act: 'trimmed' } });
    const at = `/guard/findings/${finding.findingId}/bytes`;
    const shown = findingBytes.parse(await node.control('GET', at));
    expect(Buffer.from(shown.base64, 'base64').toString()).toBe(SHELL);
    const part = findingBytes.parse(await node.control('GET', `${at}?offset=5&limit=7`));
    expect(Buffer.from(part.base64, 'base64').toString()).toBe(SHELL.slice(5, 12));
    expect(part.nextOffset).toBe(12);

    const restored = await node.control('POST', `/guard/findings/${finding.findingId}/restore`);
    expect(restored).toMatchObject({ status: 200, state: 'restored' });
    expect((await run('/shell.php')).text).toBe('it ran');
  });

  test('is told but runs where the guard only detects, and stopped once it may', async () => {
    await setMode('detect');
    await node.write('anna', 'public_html/told.php', SHELL);
    expect((await run('/told.php')).text).toBe('it ran');
    const events = await eventsUntil(has('finding'));
    expect(one(events, 'mended')).toBeUndefined();
    expect(await node.control('GET', '/guard/accounts/anna/summary')).toMatchObject({
      records: 1,
      malicious: 1,
    });
    await setMode('detect', { accounts: [{ accountRef: 'anna', mode: 'protect' }] });
    await eventsUntil(has('mended'));
    expect((await run('/told.php')).text).not.toContain('it ran');
    expect(await node.control('GET', '/guard/accounts/anna/summary')).toMatchObject({ records: 0 });
  });

  test('is nobody’s business where the guard is off', async () => {
    await setMode('protect', { accounts: [{ accountRef: 'boris', mode: 'off' }] });
    await node.write('boris', 'public_html/shell.php', SHELL);
    expect((await run('/shell.php', 'boris')).text).toBe('it ran');
    await node.write('anna', 'public_html/other.php', SHELL);
    const events = await eventsUntil(has('mended'));
    expect(events.some((event) => 'accountRef' in event && event.accountRef === 'boris')).toBe(
      false,
    );
  });

  test('is left alone once the owner ignores it, in that place and with those bytes only', async () => {
    await setMode('detect');
    await node.write('anna', 'public_html/mine.php', SHELL);
    const finding = await findingOf(one(await eventsUntil(has('finding')), 'finding'));
    await node.control('POST', `/guard/findings/${finding.findingId}/ignore`);
    await setMode('protect');
    expect((await run('/mine.php')).text).toBe('it ran');
    await node.write('anna', 'public_html/mine.php', `${SHELL} // and more`);
    expect((await run('/mine.php')).text).not.toContain('it ran');
  });
});

/** PHP that completes a file. */
const add = (name: string) => `file_put_contents('${name}', file('two.txt'), FILE_APPEND);`;

describe('A malicious file that PHP writes', () => {
  beforeAll(async () => {
    await setMode('off');
    // Neither half is anything; together they are.
    await node.write('anna', 'public_html/one.txt', SHELL.slice(0, 33));
    await node.write('anna', 'public_html/two.txt', SHELL.slice(33));
    await node.write('anna', 'public_html/data.txt', SHELL);
  });

  test('is stopped before its first run, and told with the script and request that wrote it', async () => {
    await setMode('protect');
    const code = `<?php copy('one.txt', 'dropped.php'); ${add('dropped.php')} echo 'written';`;
    await node.write('anna', 'public_html/drop.php', code);
    expect((await run('/drop.php?by=me')).text).toBe('written');
    expect((await run('/dropped.php')).text).not.toContain('it ran');
    const isDropped = (event: GuardEvent) =>
      event.kind === 'finding' && event.path.endsWith('dropped.php');
    const events = await eventsUntil((all) => all.some(isDropped));
    expect(events.find(isDropped)).toMatchObject({
      origin: { by: 'php', script: 'public_html/drop.php', request: 'GET /drop.php?by=me' },
    });
  });

  test.each([
    ['included at once', `copy('one.txt', 'now.php'); ${add('now.php')} @include 'now.php';`],
    // Named at last, so that nothing is to be seen in the script itself.
    [
      'as a picture',
      `copy('one.txt', 'now.png'); ${add('now.png')} foreach (glob('*.png') as $name) @include $name;`,
    ],
    ['renamed first', `copy('one.txt', 'a'); ${add('a')} rename('a', 'b.php'); @include 'b.php';`],
    [
      'in pieces',
      `foreach (['one.txt', 'two.txt'] as $part) file_put_contents('d.php', file($part), FILE_APPEND); @include 'd.php';`,
    ],
  ])('and includes in the same request is kept from it: %s', async (_, how) => {
    await setMode('protect');
    const code = `<?php ${how} echo ' done';`;
    await node.write('anna', 'public_html/include.php', code);
    const answer = await run('/include.php');
    expect(answer.text).not.toContain('it ran');
    expect(answer.text).toContain('done');
    await setMode('off');
    expect((await run('/include.php')).text).toContain('it ran');
  });
});

describe('A malicious file that becomes one by other means', () => {
  test('renamed from a text into a script, is stopped', async () => {
    await setMode('protect');
    await node.write('anna', 'public_html/note.txt', SHELL);
    const names = { from: 'public_html/note.txt', to: 'public_html/note.php' };
    await node.control('POST', '/packages/anna/accounts/anna/rename', names);
    const events = await eventsUntil(has('mended'));
    const found = events.filter((event) => event.kind === 'finding' && event.certain);
    expect(found).toMatchObject([{ path: 'public_html/note.php' }]);
    expect((await run('/note.php')).text).not.toContain('it ran');
  });

  test('left as a text where no server runs it, is kept from whoever includes it', async () => {
    await setMode('off');
    const code = `<?php @include 'data.txt'; echo ' done';`;
    await node.write('anna', 'public_html/text.php', code);
    expect((await run('/text.php')).text).toBe('it ran done');
    await setMode('protect');
    expect((await run('/text.php')).text).toBe(' done');
  });

  test('written by a script that never comes to its end, is told and stopped', async () => {
    await setMode('protect');
    const code = `<?php copy('one.txt', 'endless.php'); ${add('endless.php')} while (true) {}`;
    await node.write('anna', 'public_html/loop.php', code);
    const pending = run('/loop.php');
    // It may have been seen half written before.
    await eventsUntil((all) => {
      const ids = all.flatMap((event) =>
        event.kind === 'finding' && event.path.endsWith('endless.php') ? [event.findingId] : [],
      );
      return all.some((event) => event.kind === 'mended' && ids.includes(event.findingId));
    });
    expect((await pending).status).toBe(504);
    expect((await run('/endless.php')).text).not.toContain('it ran');
  });
});

describe('On a protected site', () => {
  test('PHP in folders for uploads does not run, in others it does', async () => {
    await setMode('protect');
    const harmless = `<?php echo 'hello';`;
    await node.write('anna', 'public_html/blog/wp-content/uploads/2026/a.php', harmless);
    const denied = await run('/blog/wp-content/uploads/2026/a.php');
    expect([denied.status, denied.text.includes('hello')]).toEqual([403, false]);
    await node.write('anna', 'public_html/blog/a.php', harmless);
    expect((await run('/blog/a.php')).text).toBe('hello');
    await setMode('detect');
    expect((await run('/blog/wp-content/uploads/2026/a.php')).text).toBe('hello');
  });

  test('an archive of a thousand files is looked at, and its one bad file found', async () => {
    await setMode('protect');
    const files = Array.from({ length: 1000 }, (_, at) => {
      return { name: `f${at}.php`, content: at === 700 ? SHELL : `<?php echo ${at};` };
    });
    await node.unpack('anna', 'public_html/many', buildZip(files));
    expect((await run('/many/f700.php')).text).not.toContain('it ran');
    expect((await run('/many/f5.php')).text).toBe('5');
    const events = await eventsUntil(has('mended'));
    const found = events.filter((event) => event.kind === 'finding' && event.certain);
    expect(found).toMatchObject([{ path: 'public_html/many/f700.php' }]);
  });
});

describe('A scan', () => {
  test('ordered twice under one key is one scan, finds what nobody announced, and says so', async () => {
    await setMode('off');
    await node.write('cyril', 'public_html/old/shell.php', SHELL);
    await node.write('cyril', 'public_html/old/two.php', `${SHELL} // two`);
    await setMode('protect');
    const order = { accountRef: 'cyril' };
    const key = { 'idempotency-key': 'press-1' };
    const { scanId } = await node.control('POST', '/guard/scans', order, key);
    const again = await node.control('POST', '/guard/scans', order, key);
    expect(again.scanId).toBe(scanId);
    const events = await eventsUntil(has('scan'));
    expect(one(events, 'scan')).toMatchObject({ scanId, state: 'done', records: 2, malicious: 2 });
    expect(one(events, 'mended')).toMatchObject({ accountRef: 'cyril', act: 'trimmed' });
    const summary = await node.control('GET', '/guard/accounts/cyril/summary');
    expect(summary).toMatchObject({ records: 0, malicious: 0, compromised: 0 });
    expect(summary.scannedFiles).toBeGreaterThanOrEqual(3);
    expect(summary.scanEndedAt).not.toBeNull();
  });

  test('of an account that is not there is refused, as are unknown scans and findings', async () => {
    const key = { 'idempotency-key': 'x' };
    const answers = await Promise.all([
      node.control('POST', '/guard/scans', { accountRef: 'nobody' }, key),
      node.control('POST', '/guard/scans', { accountRef: 'anna' }),
      node.control('GET', '/guard/scans/none'),
      node.control('GET', '/guard/findings/none'),
      node.control('POST', '/guard/findings/none/restore'),
      node.control('GET', '/guard/findings/none/bytes'),
      node.control('PUT', '/guard/policy', { server: 'sometimes' }),
    ]);
    expect(answers.map(({ status, code }) => [status, code])).toEqual([
      [404, 'account-not-found'],
      [422, 'request-invalid'],
      [404, 'scan-not-found'],
      [404, 'finding-not-found'],
      [404, 'finding-not-found'],
      [404, 'finding-not-found'],
      [422, 'request-invalid'],
    ]);
  });
});

describe('A guard that is killed', () => {
  test('is started again, and until it is nothing runs unseen where it protects', async () => {
    await setMode('protect');
    await node.write('boris', 'public_html/fine.php', `<?php echo 'fine';`);
    expect((await run('/fine.php', 'boris')).text).toBe('fine');
    for (const pid of childrenOf(node.running().pid, 'guard-process-main')) {
      process.kill(pid, 'SIGKILL');
    }
    await node.write('boris', 'public_html/bad.php', SHELL);
    expect((await run('/bad.php', 'boris')).text).not.toContain('it ran');
    expect((await run('/fine.php', 'boris')).text).toBe('fine');
    expect(childrenOf(node.running().pid, 'guard-process-main')).toHaveLength(1);
  });
});

describe('A node that was killed', () => {
  test('knows its policy, its findings and its events again', async () => {
    await setMode('protect');
    await node.write('anna', 'public_html/last.php', SHELL);
    const before = await eventsUntil(has('mended'));
    const finding = await findingOf(one(before, 'finding'));
    await node.killAndRestart();
    expect(await node.control('GET', '/guard/policy')).toMatchObject({ server: 'protect' });
    const seq = one(before, 'mended')?.seq ?? 0;
    const page = await node.control('GET', `/guard/events?after=${seq - 1}`);
    expect((page.events as GuardEvent[])[0]).toMatchObject({ kind: 'mended', seq });
    const id = finding.findingId;
    expect(await node.control('POST', `/guard/findings/${id}/restore`)).toMatchObject({
      state: 'restored',
    });
    expect((await run('/last.php')).text).toBe('it ran');
  });
});
