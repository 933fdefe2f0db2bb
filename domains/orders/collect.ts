import { isId } from '#kit/id.ts';
import { Refusal } from '#kit/refusal.ts';
import { localDate } from '#kit/term.ts';
import type { AgendaItem } from '#platform/agenda.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { dueMinor, findInvoice, payFromBalance } from '#domains/billing/index.ts';
import type { Invoice } from '#domains/billing/index.ts';
import { findBrand } from '#domains/brands/index.ts';
import type { Brand } from '#domains/brands/index.ts';
import { findClient } from '#domains/clients/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { usableDefaults } from '#domains/payments/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { lockSubscription } from '#domains/subscriptions/index.ts';
import { ended, isUnderWay, NOT_CHARGED, plannedFrom } from './charging.ts';
import { chargeLateFee } from './charge-late-fee.ts';
import { remindOfDebt } from './remind-of-debt.ts';
import { collectionStepsOn, nextCollectionAt } from './collection.ts';
import type { Collection, CollectionStep } from './collection.ts';
import {
  deleteCollection,
  earliestCollectionAt,
  insertCollections,
  selectDueCollections,
  selectUnseen,
  takeDueCollection,
  updateCollection,
} from './collection-store.ts';
import { executePaid, holdMerged } from './merged-orders.ts';
import { selectMerged } from './merged-store.ts';
import type { Order } from './order.ts';
import { selectOrder } from './store.ts';

const BATCH = 200;

/** Reminders, tries on the balance and late fees for what is owed, by each brand's policy. */
export const collectDebts: AgendaItem = {
  name: 'orders.collect',
  nextDueAt: earliestCollectionAt,
  runDue: async (outside) => {
    while ((await outside.transact(seeUnpaid)) === BATCH);
    for (;;) {
      const due = await outside.transact((ctx) => selectDueCollections(ctx, BATCH));
      for (const key of due) await collectOne(outside, key);
      if (due.length < BATCH) return;
    }
  },
};

/** Takes in unpaid renewals; what their policy wanted on days before today is not made up for. */
async function seeUnpaid(ctx: Ctx): Promise<number> {
  const unseen = await selectUnseen(ctx, BATCH);
  const cards = await usableDefaults(
    ctx,
    unseen.map(({ clientId }) => clientId),
  );
  const ones: Collection[] = [];
  for (const { origin, ...renewal } of unseen) {
    // One that the client ordered is charged when the automatic renewal would have come.
    const from = origin === 'auto' ? ('today' as const) : null;
    const isCharged = cards.has(renewal.clientId);
    ones.push(await newCollection(ctx, renewal, { from, isCharged }));
  }
  await insertCollections(ctx, ones);
  return unseen.length;
}

type Owed = Pick<Collection, 'branch' | 'id' | 'brandId' | 'clientId' | 'dueOn'>;
/** From which day the saved card is charged, if at all, and whether there is one. */
type Charged = { from: Temporal.PlainDate | 'today' | null; isCharged: boolean };

/** What is owed, with the next moments its brand's policy wants something done. */
export async function newCollection(
  ctx: Ctx,
  owed: Owed,
  { from, isCharged }: Charged,
): Promise<Collection> {
  const brand = await findBrand(ctx, owed.brandId);
  const seller = brand && (await findSeller(ctx, brand.sellerId));
  if (!brand || !seller) throw new Error(`brand ${owed.brandId} is gone`);
  const { zone } = seller;
  const doneOn = localDate(ctx.now, zone).subtract({ days: 1 });
  const { collection } = brand.policy;
  const { chargeDays } = collection;
  const charging = isCharged
    ? from && plannedFrom(NOT_CHARGED, { from, zone, now: ctx.now, chargeDays })
    : ended(NOT_CHARGED, 'no-method');
  const fresh: Collection = {
    ...owed,
    zone,
    doneOn,
    nextAt: null,
    tries: 0,
    feeInvoiceId: null,
    ...(charging ?? NOT_CHARGED),
  };
  return { ...fresh, nextAt: nextCollectionAt(fresh, collection) };
}

async function collectOne(outside: Outside, key: Pick<Collection, 'branch' | 'id'>): Promise<void> {
  try {
    await outside.transact((ctx) => collect(ctx, key));
  } catch (error) {
    outside.log.error({ error, collection: key.id }, 'a debt could not be collected');
    await outside.transact((ctx) => putOff(ctx, key));
  }
}

/** What failed is tried again tomorrow: one debt must not hold up the others. */
async function putOff(ctx: Ctx, key: Pick<Collection, 'branch' | 'id'>): Promise<void> {
  const one = await takeDueCollection(ctx, key);
  if (one) await updateCollection(ctx, { ...one, nextAt: ctx.now.add({ hours: 24 }) });
}

/** Rows are held in one order: the subscription, its order, the invoice, accounts. */
async function collect(ctx: Ctx, key: Pick<Collection, 'branch' | 'id'>): Promise<void> {
  const named = isId(key.id, 'ord') ? await selectOrder(ctx, key.id) : null;
  if (named) await lockSubscription(ctx, named.subscriptionId);
  if (isId(key.id, 'mrg')) await holdMerged(ctx, key.id);
  const one = await takeDueCollection(ctx, key);
  if (!one) return;
  const debt = await debtOf(ctx, one);
  if (!debt) return deleteCollection(ctx, one);
  const policy = debt.brand.policy.collection;
  const today = localDate(ctx.now, one.zone);
  const done = await takeSteps(ctx, { one, debt, steps: collectionStepsOn(one, policy, today) });
  const after = { ...done, doneOn: today };
  await updateCollection(ctx, { ...after, nextAt: nextCollectionAt(after, policy) });
}

/** What is owed and by whom; null when it is paid, void, or nobody waits for it any more. */
export type Debt = { invoice: Invoice; order: Order | null; brand: Brand; client: Client };

export async function debtOf(
  ctx: Ctx,
  { id, brandId, clientId }: Collection,
): Promise<Debt | null> {
  const order = await openOrderOf(ctx, id);
  if (!order && !isId(id, 'inv')) return null;
  const invoice = await findInvoice(ctx, order ? (order.invoiceId ?? '') : id);
  const brand = await findBrand(ctx, brandId);
  const client = await findClient(ctx, clientId);
  if (!brand || !client || !invoice || dueMinor(invoice) === 0n) return null;
  return { invoice, order, brand, client };
}

/** The order that is owed, or one of those that share a merged invoice. */
async function openOrderOf(ctx: Ctx, id: string): Promise<Order | null> {
  if (isId(id, 'inv')) return null;
  const orders = isId(id, 'mrg') ? await selectMerged(ctx, id) : [await selectOrder(ctx, id)];
  return orders.find((order) => order?.state === 'awaiting-payment') ?? null;
}

type Work = { one: Collection; debt: Debt; steps: readonly CollectionStep[] };

async function takeSteps(ctx: Ctx, { one, debt, steps }: Work): Promise<Collection> {
  let now = one;
  for (const step of steps) {
    // While the card is being charged, the balance must not pay the same.
    if (step === 'try' && !isUnderWay(now)) {
      now = { ...now, tries: now.tries + 1 };
      if (await paidFromBalance(ctx, debt)) return now;
    }
    if (step === 'remind') await remindOfDebt(ctx, debt);
    if (step === 'fee') {
      const fee = await chargeLateFee(ctx, one, debt);
      if (fee) now = { ...now, feeInvoiceId: fee.id };
    }
  }
  return now;
}

/** True when the balance covered it; an order is carried out in the same breath. */
export async function paidFromBalance(ctx: Ctx, { invoice, order }: Debt): Promise<boolean> {
  try {
    await payFromBalance(ctx, invoice.id);
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
  if (order) await executePaid(ctx, order);
  return true;
}
