import { expect, it } from 'vitest';
import { runCrashTest } from './run-crash-test.ts';

/** The short form of `npm run crash`: a few kills, wherever they strike. */
it('killed with -9 while it sells, delivers, renews and deletes, it loses and repeats nothing', async () => {
  const report = await runCrashTest({
    count: 4,
    lives: [1, 60],
    withinMs: 100_000,
    clients: 3,
    seed: 20_230_403,
    settleWithinMs: 60_000,
  });
  expect(report.unsettled).toEqual({});
  expect(report.wrong).toEqual([]);
  expect(report.killed).toBe(4);
  expect(report.doings['packages']).toBeGreaterThan(0);
}, 180_000);
