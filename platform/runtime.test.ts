import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sql } from 'kysely';
import { eventType, on, onMany } from './events.ts';
import { jobType, worker } from './jobs.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';

const rang = eventType('bell.rang', z.object({ times: z.int() }));
const count = jobType('bell.count', 'work', z.object({ by: z.int() }));

describe('facts announced together', () => {
  let test: TestRuntime;
  const heard: number[][] = [];

  beforeAll(async () => {
    test = await startTestRuntime({
      parts: {
        subscribers: [
          onMany(rang, 'tests.hear-many', async (_, facts) => {
            const times = facts.map(({ payload }) => payload.times);
            if (times.includes(-1)) throw new Error('nobody rings so often');
            heard.push(times);
          }),
        ],
        jobs: [],
        agenda: [],
      },
    });
  });
  afterAll(() => test.stop());

  const ring = (...times: number[]) =>
    test.run((ctx) =>
      ctx.announce(
        rang,
        ...times.map((n) => ({ branch: Math.abs(n) % 3, subject: 'bel_1', payload: { times: n } })),
      ),
    );

  it('are told to a subscriber by few jobs, in their order and once', async () => {
    const all = Array.from({ length: 450 }, (_, index) => index);
    await ring(...all);
    await sql`insert into pgboss.job (name, data)
      select name, data from pgboss.job where data->>'kind' = 'events'`.execute(test.runtime.db);
    await test.settle();
    const inTurn = heard.toSorted(([a = 0], [b = 0]) => a - b);
    expect(inTurn.map(({ length }) => length)).toEqual([200, 200, 50]);
    expect(inTurn.flat()).toEqual(all);
  });

  it('do not suffer from one among them that cannot be handled', async () => {
    heard.length = 0;
    await ring(1, -1, 2);
    await test.settle();
    expect(new Set(heard.flat())).toEqual(new Set([1, 2]));
  });
});

describe('what an operation causes', () => {
  let test: TestRuntime;
  const heard: number[] = [];
  let dueAt = Temporal.Instant.from('2023-03-01T00:00:00Z');
  let done = false;
  let stuckAt: Temporal.Instant | null = null;
  let doneAt = '';

  beforeAll(async () => {
    test = await startTestRuntime({
      now: '2023-02-01T09:00:00Z',
      parts: {
        subscribers: [
          on(rang, 'tests.hear', async (ctx, fact) => {
            heard.push(fact.payload.times);
            await ctx.enqueue(count, { by: fact.payload.times });
          }),
        ],
        jobs: [
          worker(count, async (ctx, { by }) => {
            await sql`update tally set n = n + ${by}`.execute(ctx.tx);
          }),
        ],
        agenda: [
          {
            // A vendor that is away: due for ever, and it must not keep the others from theirs.
            name: 'tests.stays-due',
            nextDueAt: () => Promise.resolve(stuckAt),
            runDue: () => Promise.resolve(),
          },
          {
            name: 'tests.once',
            nextDueAt: () => Promise.resolve(done ? null : dueAt),
            runDue: async (outside) => {
              doneAt = outside.now().toString();
              done = true;
            },
          },
        ],
      },
    });
    await sql`create table tally (n bigint not null)`.execute(test.runtime.db);
    await sql`insert into tally values (0)`.execute(test.runtime.db);
  });
  afterAll(() => test.stop());

  it('reaches the subscribers and their jobs once the transaction commits', async () => {
    await test.run((ctx) =>
      ctx.announce(rang, { branch: 1, subject: 'bel_1', payload: { times: 3 } }),
    );
    await test.settle();
    expect(heard).toEqual([3]);
    const { rows } = await sql<{ n: bigint }>`select n from tally`.execute(test.runtime.db);
    expect(rows[0]?.n).toBe(3n);
  });

  it('never was when the transaction rolls back', async () => {
    const work = test.run(async (ctx) => {
      await ctx.announce(rang, { branch: 1, subject: 'bel_1', payload: { times: 9 } });
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    await test.settle();
    expect(heard).toEqual([3]);
  });

  it('happens at its own moment when the clock is moved past it', async () => {
    await test.moveTo('2023-04-01T00:00:00Z');
    expect(doneAt).toBe(dueAt.toString());
    expect(test.clock.now().toString()).toBe('2023-04-01T00:00:00Z');
  });

  it('happens near its moment also while something else stays due', async () => {
    stuckAt = Temporal.Instant.from('2023-04-02T00:00:00Z');
    dueAt = Temporal.Instant.from('2023-04-10T00:00:00Z');
    done = false;
    await test.moveTo('2023-05-01T00:00:00Z');
    const lateHours = Temporal.Instant.from(doneAt).since(dueAt).total('hours');
    expect(lateHours).toBeLessThanOrEqual(6);
    expect(test.clock.now().toString()).toBe('2023-05-01T00:00:00Z');
  });
});
