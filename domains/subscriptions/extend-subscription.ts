import { localDate } from '#kit/term.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { removeEntitlement } from './delete-entitlement.ts';
import type { Entitlement } from './entitlement.ts';
import { isHeld } from './entitlement.ts';
import { selectEntitlements, updateEntitlement } from './entitlement-store.ts';
import { entitlementChanged, subscriptionExtended, subscriptionResumed } from './events.ts';
import { nextPosition } from './period.ts';
import { insertPeriod } from './period-store.ts';
import { factOf, saveSubscription, takeSubscription } from './save-subscription.ts';
import { isLive } from './subscription.ts';
import type { Subscription } from './subscription.ts';

export type Extension = {
  /** The boundary that was paid for: with the subscription, the renewal's key (rule 12). */
  periodStart: Temporal.PlainDate;
  termMonths: number;
  orderId: string | null;
  /** What the paid period has, and as what: a priced line makes a free component `bought`. */
  kept: readonly { entitlementId: string; as: 'included' | 'grandfathered' | 'bought' }[];
  /** What it has not: gone at the boundary, or at once when that is past. */
  dropped: readonly string[];
};

/**
 * Adds a paid period at the old boundary, however late the money came, and ends a suspension for
 * non-payment. Paid twice for one boundary extends once. Refuses `subscription-not-found`,
 * `subscription-state-forbids` (deleted meanwhile), `renewal-out-of-turn` (another boundary).
 */
export async function extendSubscription(
  ctx: Ctx,
  id: string,
  extension: Extension,
): Promise<'extended' | 'already'> {
  const before = await takeSubscription(ctx, id);
  const isNext = before.period?.end.equals(extension.periodStart) ?? false;
  if (!isNext && before.period && extensionIsPast(before, extension)) return 'already';
  if (!isLive(before)) refuse('subscription-state-forbids');
  if (!isNext) refuse('renewal-out-of-turn');
  const position = nextPosition(before, extension.termMonths);
  const paid = { ...position.period, termMonths: extension.termMonths };
  const isFirst = await insertPeriod(ctx, id, paid, extension.orderId);
  if (!isFirst) return 'already';
  const today = localDate(ctx.now, before.zone);
  const coversToday = Temporal.PlainDate.compare(position.period.end, today) > 0;
  const resumes = before.suspendedFor === 'unpaid' && coversToday;
  const after = await saveSubscription(ctx, {
    ...before,
    ...position,
    ...(resumes && { state: 'active', suspendedAt: null, suspendedFor: null }),
  });
  await ctx.announce(
    subscriptionExtended,
    factOf(after, extension.orderId, {
      periodStart: position.period.start.toString(),
      periodEnd: position.period.end.toString(),
      termMonths: extension.termMonths,
    }),
  );
  if (resumes) await ctx.announce(subscriptionResumed, factOf(after, extension.orderId, {}));
  await carryEntitlements(ctx, after, extension, today);
  return 'extended';
}

/** A boundary before the paid end was paid for already: periods are gapless. */
function extensionIsPast(before: Subscription, { periodStart }: Extension): boolean {
  return before.period !== null && Temporal.PlainDate.compare(periodStart, before.period.end) < 0;
}

async function carryEntitlements(
  ctx: Ctx,
  subscription: Subscription,
  extension: Extension,
  today: Temporal.PlainDate,
): Promise<void> {
  const all = await selectEntitlements(ctx, subscription.branch, [subscription.id]);
  const held = new Map(all.filter(isHeld).map((one) => [one.id, one]));
  for (const { entitlementId, as } of extension.kept) {
    const one = held.get(entitlementId);
    if (one) await keepEntitlement(ctx, subscription, one, as);
  }
  for (const entitlementId of extension.dropped) {
    const one = held.get(entitlementId);
    if (one) await dropEntitlement(ctx, subscription, one, extension, today);
  }
}

async function keepEntitlement(
  ctx: Ctx,
  subscription: Subscription,
  one: Entitlement,
  as: Entitlement['state'],
): Promise<void> {
  if (one.state === as && one.renews && one.endsOn === null) return;
  const kept: Entitlement = { ...one, state: as, renews: true, endsOn: null };
  await updateEntitlement(ctx, kept, subscription.zone);
}

async function dropEntitlement(
  ctx: Ctx,
  subscription: Subscription,
  one: Entitlement,
  { periodStart, orderId }: Extension,
  today: Temporal.PlainDate,
): Promise<void> {
  if (one.endsOn !== null) return;
  if (Temporal.PlainDate.compare(periodStart, today) <= 0) {
    await removeEntitlement(ctx, subscription, one, orderId);
    return;
  }
  const ending: Entitlement = { ...one, renews: false, endsOn: periodStart };
  await updateEntitlement(ctx, ending, subscription.zone);
  await ctx.announce(
    entitlementChanged,
    factOf(subscription, orderId, {
      entitlementId: one.id,
      componentId: one.componentId,
      quantity: one.quantity,
      renews: false,
    }),
  );
}
