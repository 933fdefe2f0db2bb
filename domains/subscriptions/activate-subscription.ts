import { refuse } from '#kit/refusal.ts';
import type { BillingStart } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { atPurchase, componentsOf, loadCatalogue } from '#domains/catalog/index.ts';
import type { Entitlement } from './entitlement.ts';
import { insertEntitlements } from './entitlement-store.ts';
import { entitlementAdded, subscriptionActivated } from './events.ts';
import { firstPaid } from './period.ts';
import { insertPeriods } from './period-store.ts';
import { factOf, saveSubscription, takeSubscription } from './save-subscription.ts';
import { mayMove } from './subscription.ts';
import type { Subscription } from './subscription.ts';

export type Activation = {
  /** The local day on which the first period starts; its boundaries count from it… */
  on: Temporal.PlainDate;
  /** …unless they count from a billing day. */
  start?: BillingStart | null;
  orderId: string | null;
  /** What was bought with the package, beside what the plan includes. */
  bought: readonly { componentId: string; quantity: number }[];
};

/**
 * Starts a paid subscription with the components of its plan and those bought with it. Doing it
 * again changes nothing. Refuses `subscription-not-found`, `subscription-state-forbids`.
 */
export async function activateSubscription(
  ctx: Ctx,
  id: string,
  { on, start = null, orderId, bought }: Activation,
): Promise<Subscription> {
  const pending = await takeSubscription(ctx, id);
  if (pending.state === 'active' || pending.state === 'suspended') return pending;
  if (!mayMove(pending.state, 'active')) refuse('subscription-state-forbids');
  const { position, paid } = firstPaid(on, pending.termMonths, start);
  const active = await saveSubscription(ctx, { ...pending, ...position, state: 'active' });
  await insertPeriods(
    ctx,
    paid.map((period) => ({ subscriptionId: id, period, orderId })),
  );
  await ctx.announce(
    subscriptionActivated,
    factOf(active, orderId, {
      planId: active.planId,
      periodEnd: position.period.end.toString(),
    }),
  );
  const included = await includedComponents(ctx, active);
  await startEntitlements(ctx, active, orderId, [
    ...included.map((componentId) => ({ componentId, quantity: 1, state: 'included' as const })),
    ...bought.map((one) => ({ ...one, state: 'bought' as const })),
  ]);
  return active;
}

async function includedComponents(ctx: Ctx, subscription: Subscription): Promise<string[]> {
  const catalogue = await loadCatalogue(ctx, subscription.sellerId);
  return componentsOf(catalogue, {
    ...atPurchase(subscription.subscribedOn),
    planId: subscription.planId,
    mode: 'included',
  });
}

type Start = { componentId: string; quantity: number; state: 'included' | 'bought' };

/** Puts components on a subscription from today on, and tells of each. */
export async function startEntitlements(
  ctx: Ctx,
  subscription: Subscription,
  orderId: string | null,
  starts: readonly (Start & { sinceOn?: Temporal.PlainDate })[],
): Promise<Entitlement[]> {
  const entitlements = starts.map((start): Entitlement => ({
    id: ctx.newId('ent', subscription.branch),
    branch: subscription.branch,
    subscriptionId: subscription.id,
    componentId: start.componentId,
    state: start.state,
    quantity: start.quantity,
    sinceOn: start.sinceOn ?? subscription.subscribedOn,
    renews: true,
    endsOn: null,
    orderId,
    deletedAt: null,
  }));
  await insertEntitlements(ctx, entitlements);
  await ctx.announce(
    entitlementAdded,
    ...entitlements.map((one) =>
      factOf(subscription, orderId, {
        entitlementId: one.id,
        componentId: one.componentId,
        quantity: one.quantity,
        state: one.state === 'included' ? ('included' as const) : ('bought' as const),
      }),
    ),
  );
  return entitlements;
}
