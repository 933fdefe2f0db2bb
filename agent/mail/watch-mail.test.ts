import {
  appendFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MailCount } from '../guard/service/wire.ts';
import { openStore, type NodeStore } from '../records/node-store.ts';
import { openTestNode } from '../testing/open-test-node.ts';
import { mailLog } from './mail-log.ts';
import { watchMail } from './watch-mail.ts';

let folder: string;
let store: NodeStore;
let path: string;
let told: MailCount[];

const log = pino({ level: 'silent' });
const hour = (hoursAgo: number) => {
  const at = new Date(Date.now() - hoursAgo * 3_600_000);
  at.setMinutes(0, 0, 0);
  return at;
};
/** Local time, as the mail server writes it. */
const stamp = (at: Date) => at.toLocaleString('sv-SE');
const sent = (id: number, at = hour(2), user = 'anna') =>
  `${stamp(at)} 1vQ2ab-${String(id).padStart(6, '0')}-2z <= ${user}@${user}.example U=${user} P=local S=8 for a@b.example c@d.example\n`;
const last = (accountRef: string | null = 'a') =>
  told.findLast((count) => count.accountRef === accountRef);

async function openWatch() {
  const order = { folder: join(folder, 'mail'), logs: [mailLog.parse(`exim:${path}`)], store, log };
  return watchMail(order, async (counts) => told.push(...counts));
}

/** One life of the program. */
async function runOnce(): Promise<void> {
  const watch = await openWatch();
  await watch.stop();
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stoika-mail-'));
  store = await openStore(join(folder, 'data'));
  await store.saveAccount({
    ...{ ref: 'a', packageRef: 'a', username: 'anna', domain: 'anna.example', uid: 300_001 },
    ...{ suspension: null, createdAt: '2026-12-01T00:00:00Z', deletedAt: null },
  });
  path = join(folder, 'mainlog');
  told = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('counts each line once, over restarts, renamed logs and logs emptied in place', async () => {
  writeFileSync(path, sent(1) + sent(2) + sent(3).slice(0, 40));
  await runOnce();
  expect(last()).toMatchObject({ hour: hour(2).toISOString(), messages: 2, recipients: 4 });
  appendFileSync(path, sent(3).slice(40));
  await runOnce();
  expect(last()).toMatchObject({ messages: 3 });
  appendFileSync(path, sent(4));
  renameSync(path, `${path}.1`);
  writeFileSync(path, sent(5));
  await runOnce();
  expect(last()).toMatchObject({ messages: 5 });
  truncateSync(path);
  appendFileSync(path, sent(6).slice(0, 60));
  appendFileSync(path, sent(6).slice(60));
  await runOnce();
  const before = told.length;
  await runOnce();
  expect(last()).toMatchObject({ messages: 6, recipients: 12 });
  expect(told).toHaveLength(before);
});

it('reads on after a gigantic line, and shows no byte of a log as it is', async () => {
  const huge = sent(1).replace(' U=anna', `\x1b[2J${'x'.repeat(3_000_000)} U=anna`);
  writeFileSync(path, huge + sent(2));
  const watch = await openWatch();
  const lines = 'mail() on [/home/anna/public_html/\xff<b>\x1b.php:1]: To: a@b.example\n'.repeat(
    20,
  );
  watch.heard('a', lines);
  await watch.stop();
  const old = told.find(({ hour: at }) => at === hour(2).toISOString());
  const now = told.find((count) => count !== old);
  expect(old).toMatchObject({ messages: 1, recipients: 2 });
  expect(now?.scripts[0]?.script).toBe('public_html/\\xff<b>\\x1b.php');
});

it('tells an hour that is not over when much was sent in it, and again when it doubled', async () => {
  const watch = await openWatch();
  const say = async (messages: number) => {
    watch.heard('a', 'mail() on [/home/anna/public_html/x.php:1]: To: a@b.c\n'.repeat(messages));
    await watch.round();
  };
  await say(19);
  expect(told).toEqual([]);
  await say(1);
  await say(19);
  expect(told).toHaveLength(1);
  await say(1);
  await watch.stop();
  expect(told).toHaveLength(2);
  expect(last()).toMatchObject({
    recipients: 40,
    scripts: [{ script: 'public_html/x.php', messages: 40, recipients: 40 }],
  });
});

it('keeps what nobody here sent apart, and follows no link', async () => {
  writeFileSync(path, sent(1, hour(2), 'stranger'));
  await runOnce();
  expect(last(null)).toMatchObject({ messages: 1, bounces: 0 });
  expect(last()).toBeUndefined();
});

it('hears of what PHP of an account is asked to send, also from a script that never ends', async () => {
  const node = await openTestNode({ guard: 'on', requestTimeoutMs: 1500 });
  try {
    await node.addPackage('anna');
    const loop = `<?php while (true) var_dump(mail('a@b.example', 's', 'b'));`;
    await node.write('anna', 'public_html/sends.php', loop);
    expect((await node.get('anna.localhost', { path: '/sends.php' })).status).toBe(504);
    const events = async () => {
      const answer = await node.control('GET', '/guard/events');
      return (answer.events ?? []) as { kind: string; counts: MailCount[] }[];
    };
    await expect
      .poll(events, { timeout: 15_000 })
      .toContainEqual(expect.objectContaining({ kind: 'mail' }));
    const counts = (await events()).flatMap((event) => (event.kind === 'mail' ? event.counts : []));
    expect(counts[0]).toMatchObject({ accountRef: 'anna', bounces: 0 });
    expect(counts[0]?.messages).toBeGreaterThan(100);
    expect(counts[0]?.scripts[0]?.script).toBe('public_html/sends.php');
  } finally {
    await node.close();
  }
});
