import { fromKysely } from 'pg-boss';
import type { PgBoss } from 'pg-boss';
import type { z } from 'zod';
import type { Ctx, Outside } from './context.ts';
import type { Tx } from './database/database.ts';
import type { EventRef } from './events.ts';

/** A kind of work to do later, named in the imperative: `hosting.advance-delivery`. */
export type JobType<P> = {
  readonly name: string;
  readonly payload: z.ZodType<P>;
  /**
   * `work` runs in one transaction, exactly once; `outside` talks to vendors, at least once; `hooks`
   * calls addresses that clients have named, so that a slow one of theirs holds up no vendor.
   */
  readonly queue: QueueName;
};

export const QUEUES = ['work', 'outside', 'hooks'] as const;
export type QueueName = (typeof QUEUES)[number];

export type JobHandler = { type: JobType<unknown> } & (
  | { run: (ctx: Ctx, payload: unknown) => Promise<void> }
  | { runOutside: (outside: Outside, payload: unknown) => Promise<void> }
);

export function jobType<P>(name: string, queue: QueueName, payload: z.ZodType<P>): JobType<P> {
  return { name, queue, payload };
}

/** Work inside one transaction: its effect and its completion commit together. */
export function worker<P>(
  type: JobType<P>,
  run: (ctx: Ctx, payload: P) => Promise<void>,
): JobHandler {
  if (type.queue !== 'work') throw new Error(`${type.name} talks to the world`);
  return {
    type: type as JobType<unknown>,
    run: (ctx, payload) => run(ctx, type.payload.parse(payload)),
  };
}

/** Work that calls a vendor. It may run twice or die half-way: its effect must allow that. */
export function outsideWorker<P>(
  type: JobType<P>,
  run: (outside: Outside, payload: P) => Promise<void>,
): JobHandler {
  return {
    type: type as JobType<unknown>,
    runOutside: (outside, payload) => run(outside, type.payload.parse(payload)),
  };
}

/** What travels in the queue: a job's payload, or facts for one subscriber. */
export type Envelope =
  | { kind: 'job'; name: string; payload: unknown }
  | { kind: 'events'; subscriber: string; events: EventRef[] };

/** Few enough to be handled well within the time a job has. */
const EVENTS_PER_JOB = 200;

/** Facts announced together are told to a subscriber by few jobs. */
export function tellSubscriber(subscriber: string, events: readonly EventRef[]): Envelope[] {
  const envelopes: Envelope[] = [];
  for (let start = 0; start < events.length; start += EVENTS_PER_JOB) {
    const some = events.slice(start, start + EVENTS_PER_JOB);
    envelopes.push({ kind: 'events', subscriber, events: some });
  }
  return envelopes;
}

/** Puts work into the queue within the caller's transaction: rolled back, it never was. */
export async function queueWork(
  boss: PgBoss,
  tx: Tx,
  queue: QueueName,
  envelopes: readonly Envelope[],
): Promise<void> {
  if (envelopes.length === 0) return;
  await boss.insert(
    queue,
    envelopes.map((data) => ({ data })),
    { db: fromKysely(tx) },
  );
}

/** A failing job is tried again with growing pauses, then kept as failed for staff to see. */
export async function createQueues(boss: PgBoss): Promise<void> {
  for (const name of QUEUES) {
    await boss.createQueue(name, {
      retryLimit: 8,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 60,
      expireInSeconds: name === 'work' ? 60 : 180,
      retentionSeconds: 60 * 60 * 24 * 30,
      deleteAfterSeconds: 60 * 60 * 24,
    });
  }
}
