import { eachDue } from '#platform/agenda.ts';
import type { AgendaItem } from '#platform/agenda.ts';
import { deleteEntitlement } from './delete-entitlement.ts';
import { earliestEndAt, selectEnded } from './entitlement-store.ts';

/** Components that a paid period is without are deleted when it starts. */
const endComponents: AgendaItem = {
  name: 'subscriptions.end-components',
  nextDueAt: earliestEndAt,
  runDue: eachDue(selectEnded, async (outside, id) => {
    await outside.transact((ctx) => deleteEntitlement(ctx, id));
  }),
};

export const subscriptionsAgenda: readonly AgendaItem[] = [endComponents];
