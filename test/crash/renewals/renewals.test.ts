import { randomUUID } from 'node:crypto';
import { expect, inject, it } from 'vitest';
import { randomFrom } from '../random-from.ts';
import { runRenewalCrash } from './run-renewal-crash.ts';

/** The short form of `npm run crash:renewals`. */
it('killed with -9 in four processes again and again, a renewal run ends as if nobody had', async () => {
  const name = `crash_${randomUUID().replaceAll('-', '')}`;
  const report = await runRenewalCrash(inject('databaseUrl'), name, {
    packages: 360,
    batchSize: 20,
    workers: 4,
    livesMs: [20, 400],
    killsMax: 5,
    random: randomFrom(20_230_510),
  });
  const { undisturbed, disturbed, again } = report;
  expect(report.killed).toBeGreaterThan(0);
  expect(undisturbed).toMatchObject({ wrong: [], invoices: 720 });
  expect(disturbed).toEqual(undisturbed);
  expect(again).toEqual(undisturbed);
}, 180_000);
