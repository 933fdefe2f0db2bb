import { eachDue } from '#platform/agenda.ts';
import type { AgendaItem } from '#platform/agenda.ts';
import { changePlan } from './change-plan.ts';
import { deleteEntitlement } from './delete-entitlement.ts';
import { earliestEndAt, selectEnded } from './entitlement-store.ts';
import { earliestPlanChangeAt, selectPlanChanges } from './store.ts';

/** Components that a paid period is without are deleted when it starts. */
const endComponents: AgendaItem = {
  name: 'subscriptions.end-components',
  nextDueAt: earliestEndAt,
  runDue: eachDue(selectEnded, async (outside, id) => {
    await outside.transact((ctx) => deleteEntitlement(ctx, id));
  }),
};

/** Packages that were renewed by another plan are of that plan when its period starts. */
const changePlans: AgendaItem = {
  name: 'subscriptions.change-plans',
  nextDueAt: earliestPlanChangeAt,
  runDue: eachDue(selectPlanChanges, async (outside, id) => {
    await outside.transact((ctx) => changePlan(ctx, id));
  }),
};

export const subscriptionsAgenda: readonly AgendaItem[] = [endComponents, changePlans];
