import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { MailCount } from '../guard/service/wire.ts';
import { writeDurably } from '../records/durable-file.ts';
import type { NodeStore } from '../records/node-store.ts';
import { followLog, LINE_BYTES } from './follow-log.ts';
import { mailCountOf, mailCounts, type MailCounts } from './mail-counts.ts';
import type { ReadMailLine } from './mail-fact.ts';
import type { MailLog } from './mail-log.ts';
import { mailStateText, readMailState, type FollowedLog } from './mail-state.ts';
import { readEximLine } from './read-exim-line.ts';
import { readPhpLine } from './read-php-line.ts';
import { readPostfixLine } from './read-postfix-line.ts';
import { whoseMail, type WhoseMail } from './whose-mail.ts';

const ROUND_MS = 10_000;
/** Of one log in one round, and before others get their turn. */
const ROUND_BYTES = 16 * 1024 * 1024;
const SLICE_BYTES = 1024 * 1024;
const TOLD_AT_ONCE = 100;

const readers: Record<MailLog['kind'], ReadMailLine> = {
  exim: readEximLine,
  postfix: readPostfixLine,
  php: readPhpLine,
};

export type MailWatch = Awaited<ReturnType<typeof watchMail>>;

/**
 * Counts who sends how much, from the mail server's logs and from what PHP says it was asked to
 * send. `tell` puts figures where the centre fetches them; told again after a kill, they are the
 * same figures.
 */
export async function watchMail(
  order: { folder: string; logs: readonly MailLog[]; store: NodeStore; log: Logger },
  tell: (counts: MailCount[]) => Promise<unknown>,
) {
  const { folder, store, log } = order;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const statePath = join(folder, 'state.json');
  const { logs, buckets } = await readMailState(statePath, order.logs);
  const counts = mailCounts(buckets);
  let saved = '';

  const round = async () => {
    const whose = whoseMail(store);
    for (const one of logs) {
      await readNew(one, whose, counts).catch((error) =>
        log.error({ error, path: one.path }, 'a mail log could not be read'),
      );
    }
    await tellDue(counts, tell);
    const text = mailStateText(logs, counts.all());
    if (text !== saved) await writeDurably(statePath, text);
    saved = text;
  };

  let last: Promise<void> = Promise.resolve();
  const again = () => {
    last = last.then(round).catch((error) => log.error({ error }, 'mail could not be counted'));
    return last;
  };
  const timer = setInterval(again, ROUND_MS);
  return {
    /** What PHP of an account was asked to send: lines of its `mail.log`, one character a byte. */
    heard(accountRef: string, text: string): void {
      const whose = whoseMail(store);
      for (const line of text.split('\n')) {
        for (const fact of readPhpLine(line.slice(0, LINE_BYTES))) {
          // Whatever the line says: only that account's PHP can write it.
          const { script } = whose(fact.by);
          counts.add(accountRef, script, fact, Date.now());
        }
      }
    },
    /** Reads and tells now. */
    round: again,
    async stop() {
      clearInterval(timer);
      await again();
    },
  };
}

async function readNew(one: FollowedLog, whose: WhoseMail, counts: MailCounts): Promise<void> {
  const read = readers[one.kind];
  const onLine = (line: string) => {
    const nowMs = Date.now();
    for (const fact of read(line, one.inHand, nowMs)) {
      const { accountRef, script } = whose(fact.by);
      counts.add(accountRef, script, fact, nowMs);
    }
  };
  for (let bytes = 0; bytes < ROUND_BYTES; bytes += SLICE_BYTES) {
    const before = one.place;
    one.place = await followLog(one.path, before, SLICE_BYTES, onLine);
    if (!one.place || one.place.offset === before?.offset) return;
    await setImmediate();
  }
}

async function tellDue(
  counts: MailCounts,
  tell: (counts: MailCount[]) => Promise<unknown>,
): Promise<void> {
  const nowMs = Date.now();
  const due = counts.due(nowMs);
  for (let start = 0; start < due.length; start += TOLD_AT_ONCE) {
    const some = due.slice(start, start + TOLD_AT_ONCE);
    await tell(some.map(mailCountOf));
    counts.told(some, nowMs);
  }
}
