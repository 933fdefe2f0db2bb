import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { joinWorkers } from './join-workers.ts';
import { jobType, worker } from './jobs.ts';

const ring = jobType('bell.ring', 'work', z.object({}));

describe('work that a killed process had begun', () => {
  let test: TestRuntime;
  let rings = 0;

  beforeAll(async () => {
    const count = async (): Promise<void> => {
      rings += 1;
    };
    const parts = { jobs: [worker(ring, count)], subscribers: [], agenda: [] };
    test = await startTestRuntime({ parts });
  });
  afterAll(() => test.stop());

  /** Takes a job as a worker does and does nothing about it, like one that was killed. */
  async function beginAndDie(): Promise<void> {
    await test.run((ctx) => ctx.enqueue(ring, {}));
    await test.runtime.boss.fetch('work');
  }

  const busy = async (): Promise<number | undefined> => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from pgboss.job where state = 'active'`.execute(
      test.runtime.db,
    );
    return rows[0]?.count;
  };

  it('is begun again by the first that comes after it', async () => {
    await beginAndDie();
    expect(await busy()).toBe(1);
    const workers = await joinWorkers(test.runtime, test.databaseUrl);
    expect(await busy()).toBe(0);
    await sql`update pgboss.job set start_after = now() where state = 'retry'`.execute(
      test.runtime.db,
    );
    await test.settle();
    expect(rings).toBe(1);
    await workers.leave();
  });

  it('is left alone while another process lives that may be doing it', async () => {
    const first = await joinWorkers(test.runtime, test.databaseUrl);
    await beginAndDie();
    const second = await joinWorkers(test.runtime, test.databaseUrl);
    expect(await busy()).toBe(1);
    await first.leave();
    const third = await joinWorkers(test.runtime, test.databaseUrl);
    expect(await busy()).toBe(1);
    await second.leave();
    await third.leave();
    const fourth = await joinWorkers(test.runtime, test.databaseUrl);
    expect(await busy()).toBe(0);
    await fourth.leave();
  });
});
