import { eachDue } from '#platform/agenda.ts';
import type { AgendaItem } from '#platform/agenda.ts';
import type { Outside } from '#platform/context.ts';
import { cancelAtSupplier } from './cancel-at-supplier.ts';
import { issueAtSupplier } from './issue-at-supplier.ts';
import { dueLicences, firstAttemptAt, selectLicence } from './store.ts';

/** What is due at suppliers: retries, and what a dead process left behind. */
export const advanceDueLicences: AgendaItem = {
  name: 'licences.advance-due',
  nextDueAt: firstAttemptAt,
  runDue: eachDue(dueLicences, advanceLicence),
};

/** One call to the supplier for one licence, if there is one to make. */
export async function advanceLicence(outside: Outside, id: string): Promise<void> {
  const licence = await outside.transact((ctx) => selectLicence(ctx, id));
  if (licence?.state === 'issuing') await issueAtSupplier(outside, licence);
  if (licence?.state === 'deleting') await cancelAtSupplier(outside, licence);
}
