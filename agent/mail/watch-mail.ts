import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { MailCount } from '../guard/service/wire.ts';
import { writeDurably } from '../records/durable-file.ts';
import type { NodeStore } from '../records/node-store.ts';
import { followLog, LINE_BYTES, logPlace } from './follow-log.ts';
import { mailBuckets, mailCountOf, mailCounts } from './mail-counts.ts';
import type { MessagesInHand, ReadMailLine } from './mail-fact.ts';
import type { MailLog } from './mail-log.ts';
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

const sender = z.object({
  user: z.string().optional(),
  uid: z.int().optional(),
  address: z.string().optional(),
  script: z.string().optional(),
  counted: z.boolean().optional(),
});
/** How far each log was read and what was counted: written together, so that no line counts twice. */
const mailState = z.object({
  logs: z.record(
    z.string(),
    z.object({ place: logPlace.nullable(), inHand: z.array(z.tuple([z.string(), sender])) }),
  ),
  buckets: mailBuckets,
});

type FollowedLog = MailLog & { place: z.infer<typeof logPlace> | null; inHand: MessagesInHand };

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
  const kept = await readState(statePath);
  const counts = mailCounts(kept.buckets);
  const logs = order.logs.map((one): FollowedLog => {
    const known = kept.logs[one.path];
    const inHand: MessagesInHand = new Map((known?.inHand ?? []) as [string, never][]);
    return { ...one, place: known?.place ?? null, inHand };
  });
  let saved = '';

  const follow = async (one: FollowedLog, whose: WhoseMail) => {
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
  };

  const round = async () => {
    const whose = whoseMail(store);
    for (const one of logs) {
      await follow(one, whose).catch((error) => log.error({ error, path: one.path }, 'a mail log'));
    }
    const nowMs = Date.now();
    const due = counts.due(nowMs);
    for (let start = 0; start < due.length; start += TOLD_AT_ONCE) {
      const some = due.slice(start, start + TOLD_AT_ONCE);
      await tell(some.map(mailCountOf));
      counts.told(some, nowMs);
    }
    const state = JSON.stringify({
      logs: Object.fromEntries(
        logs.map(({ path, place, inHand }) => [path, { place, inHand: [...inHand] }]),
      ),
      buckets: counts.all(),
    });
    if (state !== saved) await writeDurably(statePath, state);
    saved = state;
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

async function readState(path: string): Promise<z.infer<typeof mailState>> {
  try {
    return mailState.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { logs: {}, buckets: [] };
  }
}
