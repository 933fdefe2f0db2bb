import { Refusal } from '#kit/refusal.ts';
import { eachDue } from '#platform/agenda.ts';
import type { AgendaItem } from '#platform/agenda.ts';
import type { Outside } from '#platform/context.ts';
import { cancelOrder, postponeExpiry } from './cancel-order.ts';
import { chargeDebts } from './charge-debt.ts';
import { collectDebts } from './collect.ts';
import { nextStepAt, runLifeCycle } from './run-life-cycle.ts';
import { earliestExpiryAt, selectExpired } from './store.ts';

/** Notices, automatic renewals, reminders, suspensions and deletions (rule 13). */
const lifeCycle: AgendaItem = {
  name: 'orders.life-cycle',
  nextDueAt: nextStepAt,
  runDue: runLifeCycle,
};

/** Drops orders that nobody paid. */
const expireOrders: AgendaItem = {
  name: 'orders.expire',
  nextDueAt: earliestExpiryAt,
  runDue: eachDue(selectExpired, expireOrder),
};

async function expireOrder(outside: Outside, id: string): Promise<void> {
  try {
    await outside.transact((ctx) => cancelOrder(ctx, id, 'expired'));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await outside.transact((ctx) => postponeExpiry(ctx, id));
  }
}

export const ordersAgenda: readonly AgendaItem[] = [
  lifeCycle,
  expireOrders,
  collectDebts,
  chargeDebts,
];
