import { fromKysely } from 'pg-boss';
import { sql } from 'kysely';
import type { Actor } from './actor.ts';
import { handleEvents } from './events.ts';
import { QUEUES, queueWork } from './jobs.ts';
import type { Envelope, QueueName } from './jobs.ts';
import { outside, transact } from './runtime.ts';
import type { Runtime } from './runtime.ts';

/** A call to a vendor may take a minute: what waits behind it would run out of its own time. */
const BATCH: Readonly<Record<QueueName, number>> = { work: 20, outside: 1, hooks: 1 };
/** One vendor that hangs must not hold up the others. */
const LOOPS: Readonly<Record<QueueName, number>> = { work: 2, outside: 6, hooks: 4 };
const POLL_MS = 1000;

type Job = { id: string; data: Envelope };

/** Takes up to a batch of waiting jobs and runs them in order; tells how many it took. */
export async function runBatch(runtime: Runtime, queue: QueueName): Promise<number> {
  const jobs = await runtime.boss.fetch<Envelope>(queue, {
    batchSize: BATCH[queue],
    includeMetadata: true,
  });
  // The queue takes the oldest, and hands them over in any order.
  const inTurn = jobs.toSorted((a, b) => a.createdOn.getTime() - b.createdOn.getTime());
  for (const job of inTurn) await runJob(runtime, queue, job);
  return jobs.length;
}

async function runJob(runtime: Runtime, queue: QueueName, job: Job): Promise<void> {
  try {
    await carryOut(runtime, queue, job);
  } catch (error) {
    runtime.log.error({ error, job: job.id, data: job.data }, 'a job failed');
    if (await takeApart(runtime, queue, job)) return;
    const message = error instanceof Error ? error.message : String(error);
    await runtime.boss.fail(queue, job.id, { message });
  }
}

/** A fact that cannot be handled must not hold up those announced with it: each goes by itself. */
async function takeApart(runtime: Runtime, queue: QueueName, job: Job): Promise<boolean> {
  const { data } = job;
  if (data.kind !== 'events' || data.events.length < 2) return false;
  const singles = data.events.map((event) => ({ ...data, events: [event] }));
  await transact(runtime, system(data.subscriber), async (ctx) => {
    await queueWork(runtime.boss, ctx.tx, queue, singles);
    await runtime.boss.complete(queue, job.id, null, { db: fromKysely(ctx.tx) });
  });
  return true;
}

async function carryOut(runtime: Runtime, queue: QueueName, job: Job): Promise<void> {
  const { data } = job;
  if (data.kind === 'events') {
    const subscriber = runtime.subscriberById.get(data.subscriber);
    if (!subscriber) throw new Error(`nobody is ${data.subscriber}`);
    return transact(runtime, system(data.subscriber), async (ctx) => {
      await handleEvents(ctx, subscriber, data.events);
      await runtime.boss.complete(queue, job.id, null, { db: fromKysely(ctx.tx) });
    });
  }
  const handler = runtime.jobs.get(data.name);
  if (!handler) throw new Error(`no worker for ${data.name}`);
  if ('run' in handler) {
    return transact(runtime, system(data.name), async (ctx) => {
      await handler.run(ctx, data.payload);
      await runtime.boss.complete(queue, job.id, null, { db: fromKysely(ctx.tx) });
    });
  }
  await handler.runOutside(outside(runtime, system(data.name)), data.payload);
  await runtime.boss.complete(queue, job.id);
}

function system(name: string): Actor {
  return { kind: 'system', name };
}

/**
 * Works until nothing is waiting: all that has been caused has happened. Jobs that another
 * worker holds are waited for; failed ones that wait for their next try are not.
 */
export async function settle(runtime: Runtime): Promise<void> {
  for (;;) {
    let taken = 0;
    for (const queue of QUEUES) taken += await runBatch(runtime, queue);
    if (taken > 0) continue;
    const { rows } = await sql<{ waiting: number }>`
      select count(*)::int as waiting from pgboss.job
      where name in ('work', 'outside', 'hooks')
        and (state = 'active' or (state in ('created', 'retry') and start_after <= now()))
    `.execute(runtime.db);
    if (rows[0]?.waiting === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export type Worker = { stop(): Promise<void> };

/** Works through all queues until stopped; several processes may do so at once. */
export function startWorker(runtime: Runtime, onError: (error: unknown) => void): Worker {
  let stopping = false;
  let poke = (): void => {};
  runtime.wake = () => poke();
  const loop = async (queue: QueueName): Promise<void> => {
    while (!stopping) {
      try {
        if ((await runBatch(runtime, queue)) > 0) continue;
      } catch (error) {
        if (!stopping) onError(error);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MS);
        const before = poke;
        poke = () => {
          before();
          clearTimeout(timer);
          resolve();
        };
      });
      poke = () => {};
    }
  };
  const loops = QUEUES.flatMap((queue) => Array.from({ length: LOOPS[queue] }, () => loop(queue)));
  return {
    stop: async () => {
      stopping = true;
      poke();
      await Promise.all(loops);
    },
  };
}
