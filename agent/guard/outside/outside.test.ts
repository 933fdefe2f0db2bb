import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestGuard } from '../service/testing/open-test-guard.ts';
import { guardPolicy } from '../service/wire.ts';
import { clamdSource } from './ask-clamd.ts';
import { yaraSource } from './ask-yara.ts';
import { outsideQueue } from './outside-queue.ts';
import { MARKER, openFakeClamd, type ClamdFault, type FakeClamd } from './testing/fake-clamd.ts';

let folder: string;
let socket: string;
let clamd: FakeClamd;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stoika-outside-'));
  socket = join(folder, 'clamd.ctl');
  clamd = await openFakeClamd(socket);
});
afterEach(async () => {
  await clamd.close();
  rmSync(folder, { recursive: true, force: true });
});

const marked = Buffer.from(`<p>${MARKER}</p>`);

describe('clamd', () => {
  it('is asked with the whole content, and its name for it is taken', async () => {
    const source = clamdSource(socket);
    const long = Buffer.concat([Buffer.alloc(300_000, 'a'), marked]);
    expect(await source.ask(long)).toEqual({ kind: 'hits', names: ['Stoika.Test.Marker'] });
    expect(await source.ask(Buffer.from('hello'))).toEqual({ kind: 'hits', names: [] });
    const large = Buffer.alloc(2 * 1024 * 1024);
    expect(await source.ask(large)).toEqual({
      kind: 'passed-by',
      words: 'INSTREAM size limit exceeded. ERROR',
    });
  });

  it.each<[ClamdFault, string, string]>([
    ['silent', 'down', 'no answer'],
    ['drips', 'down', 'no answer'],
    ['dies', 'down', 'hung up'],
    ['babbles', 'down', 'says more'],
    ['error', 'passed-by', 'stream: Can?[2J allocate memory ERROR'],
  ])('that %s is no verdict', async (fault, kind, words) => {
    clamd.fault = fault;
    const answer = await clamdSource(socket, 150).ask(marked);
    expect(answer).toMatchObject({ kind, words: expect.stringContaining(words) });
  });
});

describe('YARA rules of others', () => {
  const rule = (name: string, text: string) =>
    `rule ${name} { strings: $a = "${text}" condition: $a }`;

  it('find what they look for, take changes up, and a broken file takes no others with it', async () => {
    writeFileSync(join(folder, 'good.yar'), rule('Marked', MARKER));
    writeFileSync(join(folder, 'broken.yara'), 'rule x {');
    const source = yaraSource(folder);
    expect(await source.ask(marked)).toEqual({ kind: 'hits', names: ['Marked'] });
    expect(await source.ask(Buffer.from('hello'))).toEqual({ kind: 'hits', names: [] });
    writeFileSync(join(folder, 'more.yar'), rule('Greets', 'hello'));
    expect(await source.ask(Buffer.from('hello'))).toEqual({ kind: 'hits', names: ['Greets'] });
    source.stop();
  });

  it('that are not there, or are none, are said to be down', async () => {
    const missing = yaraSource(join(folder, 'nowhere'));
    expect(await missing.ask(marked)).toMatchObject({ kind: 'down' });
    writeFileSync(join(folder, 'broken.yar'), 'rule x {');
    const broken = yaraSource(folder);
    expect(await broken.ask(marked)).toMatchObject({ kind: 'down' });
    for (const source of [missing, broken]) source.stop();
  });
});

describe('the queue of a source', () => {
  it('keeps what waits while it is down, lets go of what has no room, and goes on when it is back', async () => {
    clamd.fault = 'dies';
    const hits: string[] = [];
    const queue = outsideQueue<string>(
      clamdSource(socket),
      (about, rules) => hits.push(`${about} ${rules.join()}`),
      () => undefined,
      30,
    );
    const job = (key: string) => ({ key, read: () => ({ content: marked, about: key }) });
    for (let n = 0; n < 510; n += 1) queue.add(job(String(n)));
    await expect
      .poll(() => queue.state())
      .toMatchObject({
        ...{ state: 'down', waiting: 500, passedBy: 10, words: 'it hung up' },
      });
    clamd.fault = 'none';
    await expect
      .poll(() => queue.state(), { timeout: 10_000 })
      .toMatchObject({
        ...{ state: 'up', waiting: 0, hits: 500, words: null },
      });
    expect(hits[0]).toBe('0 clamav:Stoika.Test.Marker');
    queue.stop();
  });
});

describe('a guard with other scanners', () => {
  it('shows what they find to a person, and acts on it only where the policy says so', async () => {
    const rules = join(folder, 'rules');
    mkdirSync(rules);
    const test = openTestGuard({ outside: { yaraRules: rules, clamd: socket } });
    try {
      test.addAccount('anna');
      test.write('anna', 'public_html/page.html', marked);
      test.announce('anna', 'public_html/page.html');
      const [event] = await test.until((events) => events.some(({ kind }) => kind === 'finding'));
      expect(event).toMatchObject({
        ...{ class: 'suspicious', certain: false, rules: ['clamav:Stoika.Test.Marker'] },
      });
      // Our own engine, which finds it clean, says no word about it.
      test.reopen();
      test.announce('anna', 'public_html/page.html');
      await expect.poll(() => clamd.asked, { timeout: 15_000 }).toBe(2);
      expect(test.guard().summary('anna')).toMatchObject({ records: 1 });
      expect(test.events().some(({ kind }) => kind === 'mended')).toBe(false);

      test.guard().setPolicy(guardPolicy.parse({ server: 'protect', outsideActs: true }));
      test.write('anna', 'public_html/other.html', `${MARKER} again`);
      test.announce('anna', 'public_html/other.html');
      await test.until((events) => events.some(({ kind }) => kind === 'mended'));
      const sources = () => test.guard().events({ after: 0, limit: 1 }).sources;
      await expect.poll(sources, { timeout: 15_000 }).toMatchObject([
        { source: 'yara', state: 'down', words: 'there are no rules in its folder' },
        { source: 'clamav', state: 'up' },
      ]);
    } finally {
      test.close();
    }
  });

  it('is not delayed by one that gives no answer', async () => {
    clamd.fault = 'silent';
    const test = openTestGuard({ outside: { yaraRules: null, clamd: socket } });
    try {
      test.addAccount('anna');
      for (const name of ['a.html', 'b.html', 'shell.php']) {
        const shell = `<?php system($_GET['c']);`;
        test.write('anna', `public_html/${name}`, name === 'shell.php' ? shell : marked);
        test.announce('anna', `public_html/${name}`);
      }
      await test.until((events) => events.some(({ kind }) => kind === 'mended'));
      const { sources } = test.guard().events({ after: 0, limit: 1 });
      expect(sources).toMatchObject([{ source: 'clamav', state: 'unasked', waiting: 2 }]);
    } finally {
      test.close();
    }
  });
});
