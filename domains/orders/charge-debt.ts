import { isId } from '#kit/id.ts';
import { refuse } from '#kit/refusal.ts';
import { localDate } from '#kit/term.ts';
import { eachDue } from '#platform/agenda.ts';
import type { AgendaItem } from '#platform/agenda.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { findBrand } from '#domains/brands/index.ts';
import { openCharge, paidByOthersUntil, sendCharge } from '#domains/payments/index.ts';
import type { Payment } from '#domains/payments/index.ts';
import { isLive, lockSubscription } from '#domains/subscriptions/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';
import { earliestChargeAt, selectDueCharges } from './charge-store.ts';
import type { DebtKey } from './charge-store.ts';
import { ended, isUnderWay, plannedFrom } from './charging.ts';
import type { Charging } from './charging.ts';
import { debtOf, paidFromBalance } from './collect.ts';
import type { Debt } from './collect.ts';
import type { Collection } from './collection.ts';
import { deleteCollection, lockCollection, updateCollection } from './collection-store.ts';
import { holdMerged } from './merged-orders.ts';
import type { Order } from './order.ts';
import { selectOrder } from './store.ts';

/**
 * Takes what is owed from clients' saved cards, by each brand's policy. A try is a payment of its
 * own, written in the transaction that plans no other: whoever runs this twice, at once or again
 * after having been killed, finds the debt without a next try. Its end comes as an event.
 */
export const chargeDebts: AgendaItem = {
  name: 'orders.charge',
  nextDueAt: earliestChargeAt,
  runDue: eachDue(selectDueCharges, chargeDue),
};

async function chargeDue(outside: Outside, key: DebtKey): Promise<void> {
  try {
    const payment = await outside.transact((ctx) => openDueCharge(ctx, key));
    if (payment) await sendCharge(outside, payment);
  } catch (error) {
    outside.log.error({ error, collection: key.id }, 'a saved card could not be charged');
    await outside.transact((ctx) => putOff(ctx, key));
  }
}

/** One debt must not hold up the others. A try that was written is asked about by payments. */
async function putOff(ctx: Ctx, key: DebtKey): Promise<void> {
  const one = await lockCollection(ctx, key);
  if (one?.chargeAt) await updateCollection(ctx, { ...one, chargeAt: ctx.now.add({ hours: 1 }) });
}

async function openDueCharge(ctx: Ctx, key: DebtKey): Promise<Payment | null> {
  const held = await holdDebt(ctx, key);
  if (!held?.one.chargeAt || Temporal.Instant.compare(held.one.chargeAt, ctx.now) > 0) return null;
  const outcome = await tryCharge(ctx, held);
  return outcome.kind === 'begun' ? outcome.payment : null;
}

/** `packages`: what the debt would renew, with each one's order. */
type Held = { one: Collection; packages: { order: Order; subscription: Subscription }[] };

/** Rows are held in one order: the subscription, its order, the invoice, accounts. */
async function holdDebt(ctx: Ctx, key: DebtKey): Promise<Held | null> {
  const packages: Held['packages'] = [];
  for (const order of await ordersOf(ctx, key.id)) {
    const subscription = await lockSubscription(ctx, order.subscriptionId);
    if (subscription) packages.push({ order, subscription });
  }
  const one = await lockCollection(ctx, key);
  return one && { one, packages };
}

async function ordersOf(ctx: Ctx, id: string): Promise<Order[]> {
  if (isId(id, 'mrg')) {
    return (await holdMerged(ctx, id)).filter(({ state }) => state === 'awaiting-payment');
  }
  const order = isId(id, 'ord') ? await selectOrder(ctx, id) : null;
  return order ? [order] : [];
}

type Outcome =
  | { kind: 'begun'; payment: Payment }
  | { kind: 'paid' }
  /** Somebody is paying it already. */
  | { kind: 'awaited' }
  | { kind: 'idle'; why: 'no-method' | 'not-automatic' };

async function tryCharge(ctx: Ctx, { one, packages }: Held): Promise<Outcome> {
  const save = (charging: Charging) => updateCollection(ctx, { ...one, ...charging });
  const debt = await debtOf(ctx, one);
  if (!debt) return settled(ctx, one);
  const standings = packages.map(automaticStanding);
  const standing = standings.find((each) => each === 'off') ?? standings.find(Boolean);
  if (standing) {
    await save(standing === 'off' ? ended(one, 'not-automatic') : { ...one, chargeAt: null });
    return { kind: 'idle', why: 'not-automatic' };
  }
  if (await paidFromBalance(ctx, debt)) return settled(ctx, one);
  const until = await paidByOthersUntil(ctx, debt.invoice);
  if (until) {
    await save({ ...one, chargeAt: until });
    return { kind: 'awaited' };
  }
  const payment = await openTry(ctx, one, debt);
  if (!payment) {
    await save(ended(one, 'no-method'));
    return { kind: 'idle', why: 'no-method' };
  }
  const charges = one.charges + 1;
  const chargeFrom = one.chargeFrom ?? localDate(ctx.now, one.zone);
  const begun = { chargeAt: null, chargeEnded: null, chargePaymentId: payment.id };
  await save({ charges, chargeFrom, ...begun });
  return { kind: 'begun', payment };
}

async function settled(ctx: Ctx, one: Collection): Promise<Outcome> {
  await deleteCollection(ctx, one);
  return { kind: 'paid' };
}

/**
 * Why a renewal is not charged by itself: the client has switched that `off`, or ordered it by hand
 * `before` the day on which it would have come. Null when it is.
 */
function automaticStanding({
  order,
  subscription,
}: Held['packages'][number]): 'off' | 'before' | null {
  if (!isLive(subscription) || !subscription.autoRenew) return 'off';
  const wasTried = subscription.marks.renewalTriedFor?.equals(subscription.period.end) ?? false;
  return order.origin === 'auto' || wasTried ? null : 'before';
}

function openTry(ctx: Ctx, one: Collection, debt: Debt): Promise<Payment | null> {
  const { invoice, client, brand } = debt;
  return openCharge(ctx, { invoice, client, brand, attempt: one.charges + 1 });
}

/** Under which name a renewal is collected: its own, or that of the invoice it shares. */
export const debtKeyOf = ({ branch, id, mergedId }: Order): DebtKey => ({
  branch,
  id: mergedId ?? id,
});

/** Plans tries from today on: a renewal has become automatic, or the client has another card. */
export async function planCharge(ctx: Ctx, key: DebtKey): Promise<void> {
  const one = await lockCollection(ctx, key);
  const brand = one && (await findBrand(ctx, one.brandId));
  if (!one || !brand || isUnderWay(one)) return;
  const { chargeDays } = brand.policy.collection;
  const terms = { from: 'today', zone: one.zone, now: ctx.now, chargeDays } as const;
  await updateCollection(ctx, { ...one, ...plannedFrom(one, terms) });
}

/**
 * Tries at once, whatever the policy says of today: the balance, then the card. Refuses
 * `nothing-to-charge`, `charge-under-way`, `payment-under-way`, `saved-method-not-found` and
 * `charge-not-automatic`.
 */
export async function chargeNow(outside: Outside, key: DebtKey): Promise<void> {
  const outcome = await outside.transact(async (ctx) => {
    const held = await holdDebt(ctx, key);
    if (!held) refuse('nothing-to-charge');
    if (isUnderWay(held.one)) refuse('charge-under-way');
    return tryCharge(ctx, held);
  });
  if (outcome.kind === 'begun') await sendCharge(outside, outcome.payment);
  if (outcome.kind === 'awaited') refuse('payment-under-way');
  if (outcome.kind === 'idle') {
    refuse(outcome.why === 'no-method' ? 'saved-method-not-found' : 'charge-not-automatic');
  }
}
