import { z } from 'zod';
import type { MailCount } from '../guard/service/wire.ts';
import type { MailFact } from './mail-fact.ts';

const HOUR_MS = 3_600_000;
/** Late lines of an hour are waited for this long before it is told as over. */
const LATE_MS = 120_000;
const KEPT_HOURS = 48;
/** From here on an hour that is not over is told, and again each time it has doubled. */
const EARLY_RECIPIENTS = 20;
const MOST_BUCKETS = 20_000;
const MOST_SCRIPTS = 50;
const TOLD_SCRIPTS = 10;
const OTHER_SCRIPTS = '(other)';

const count = z.int().min(0);
const figures = z.object({ messages: count, recipients: count });

/** What one account sent in one hour, as each source has it. */
const mailBucket = z.object({
  hourMs: z.int(),
  /** Null: sent on this node, by none of its accounts. */
  accountRef: z.string().nullable(),
  mta: figures.extend({ bounces: count }),
  php: figures,
  scripts: z.array(figures.extend({ script: z.string() })),
  toldRecipients: count,
  /** Nothing came since it was told as over. */
  toldOver: z.boolean(),
});
export type MailBucket = z.infer<typeof mailBucket>;
export const mailBuckets = z.array(mailBucket);

export type MailCounts = ReturnType<typeof mailCounts>;

/** Counts by hour and account, bounded in number and in age. */
export function mailCounts(kept: readonly MailBucket[]) {
  const keyOf = (hourMs: number, accountRef: string | null) => `${hourMs} ${accountRef ?? ''}`;
  const buckets = new Map(kept.map((one) => [keyOf(one.hourMs, one.accountRef), one]));

  return {
    /** `script` as it is to be shown; null where the source names none. */
    add(accountRef: string | null, script: string | null, fact: MailFact, nowMs: number): void {
      const atMs = Math.min(fact.atMs ?? nowMs, nowMs);
      const hourMs = atMs - (atMs % HOUR_MS);
      if (hourMs < nowMs - KEPT_HOURS * HOUR_MS) return;
      const key = keyOf(hourMs, accountRef);
      const bucket = buckets.get(key) ?? emptyBucket(hourMs, accountRef);
      if (!buckets.has(key) && buckets.size >= MOST_BUCKETS) return;
      buckets.set(key, bucket);
      const { messages, recipients, bounces, source } = fact;
      bucket[source].messages += messages;
      bucket[source].recipients += recipients;
      bucket.mta.bounces += bounces;
      if (script !== null) addScript(bucket, script, messages, recipients);
      bucket.toldOver = false;
    },
    /** What is to be told now: hours that are over, and those in which much was sent already. */
    due(nowMs: number): MailBucket[] {
      return [...buckets.values()].filter((bucket) => {
        if (bucket.toldOver) return false;
        if (bucket.hourMs + HOUR_MS + LATE_MS <= nowMs) return true;
        const { recipients } = totalsOf(bucket);
        return recipients >= Math.max(EARLY_RECIPIENTS, bucket.toldRecipients * 2);
      });
    },
    told(some: readonly MailBucket[], nowMs: number): void {
      for (const bucket of some) {
        bucket.toldRecipients = totalsOf(bucket).recipients;
        bucket.toldOver = bucket.hourMs + HOUR_MS + LATE_MS <= nowMs;
      }
      for (const [key, { hourMs }] of buckets) {
        if (hourMs < nowMs - KEPT_HOURS * HOUR_MS) buckets.delete(key);
      }
    },
    all: (): MailBucket[] => [...buckets.values()],
  };
}

/** As it is told: the whole hour so far, so that telling twice changes nothing. */
export function mailCountOf(bucket: MailBucket): MailCount {
  const { hourMs, accountRef, mta, scripts } = bucket;
  return {
    hour: new Date(hourMs).toISOString(),
    accountRef,
    ...totalsOf(bucket),
    bounces: mta.bounces,
    scripts: scripts.toSorted((a, b) => b.recipients - a.recipients).slice(0, TOLD_SCRIPTS),
  };
}

/** PHP and the mail server see the same messages: the one that saw more is believed. */
function totalsOf({ mta, php }: MailBucket) {
  return {
    messages: Math.max(mta.messages, php.messages),
    recipients: Math.max(mta.recipients, php.recipients),
  };
}

function emptyBucket(hourMs: number, accountRef: string | null): MailBucket {
  return {
    ...{ hourMs, accountRef, scripts: [], toldRecipients: 0, toldOver: false },
    mta: { messages: 0, recipients: 0, bounces: 0 },
    php: { messages: 0, recipients: 0 },
  };
}

function addScript(bucket: MailBucket, name: string, messages: number, recipients: number): void {
  const { scripts } = bucket;
  const known = scripts.find(({ script }) => script === name);
  const script = known || scripts.length < MOST_SCRIPTS ? name : OTHER_SCRIPTS;
  const counted = known ?? scripts.find((one) => one.script === script);
  if (!counted) {
    scripts.push({ script, messages, recipients });
    return;
  }
  counted.messages += messages;
  counted.recipients += recipients;
}
