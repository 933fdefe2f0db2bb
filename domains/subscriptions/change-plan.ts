import type { Ctx } from '#platform/context.ts';
import { componentsOf, everythingNoticed, loadCatalogue } from '#domains/catalog/index.ts';
import { startEntitlements } from './activate-subscription.ts';
import { isHeld } from './entitlement.ts';
import { selectEntitlements } from './entitlement-store.ts';
import { subscriptionPlanChanged } from './events.ts';
import { factOf, saveSubscription } from './save-subscription.ts';
import { lockSubscription } from './store.ts';
import { isLive } from './subscription.ts';
import type { Subscription } from './subscription.ts';

/**
 * The boundary has come from which a package was renewed by another plan: from now on it is of
 * that plan, with what the plan includes. Doing it again changes nothing.
 */
export async function changePlan(ctx: Ctx, id: string): Promise<void> {
  const before = await lockSubscription(ctx, id);
  const change = before?.planChange;
  if (!before || !change || !isLive(before)) return;
  if (Temporal.Instant.compare(change.at, ctx.now) > 0) return;
  const after = await saveSubscription(ctx, {
    ...before,
    planId: change.planId,
    planChange: null,
  });
  await ctx.announce(
    subscriptionPlanChanged,
    factOf(after, null, {
      fromPlanId: before.planId,
      toPlanId: after.planId,
      on: change.at.toZonedDateTimeISO(before.zone).toPlainDate().toString(),
    }),
  );
  await includeNew(ctx, after, change.at);
}

/** What the new plan includes and the package does not have yet. */
async function includeNew(ctx: Ctx, after: Subscription, at: Temporal.Instant): Promise<void> {
  const sinceOn = at.toZonedDateTimeISO(after.zone).toPlainDate();
  const present = (await selectEntitlements(ctx, [after])).filter(isHeld);
  const included = componentsOf(await loadCatalogue(ctx, after.sellerId), {
    subscribedOn: after.subscribedOn,
    boundaryOn: sinceOn,
    noticed: everythingNoticed,
    planId: after.planId,
    mode: 'included',
  }).filter((componentId) => !present.some((one) => one.componentId === componentId));
  await startEntitlements(
    ctx,
    after,
    null,
    included.map((componentId) => ({ componentId, quantity: 1, state: 'included', sinceOn })),
  );
}
