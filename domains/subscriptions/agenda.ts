import type { AgendaItem } from '#platform/agenda.ts';
import { deleteEntitlement } from './delete-entitlement.ts';
import { earliestEndAt, selectEnded } from './entitlement-store.ts';

const BATCH = 200;

/** Components that a paid period is without are deleted when it starts. */
const endComponents: AgendaItem = {
  name: 'subscriptions.end-components',
  nextDueAt: earliestEndAt,
  runDue: async (outside) => {
    for (;;) {
      const ended = await outside.transact((ctx) => selectEnded(ctx, BATCH));
      for (const id of ended) await outside.transact((ctx) => deleteEntitlement(ctx, id));
      if (ended.length < BATCH) return;
    }
  },
};

export const subscriptionsAgenda: readonly AgendaItem[] = [endComponents];
