import type { Ctx } from '#platform/context.ts';
import { findBrand } from '#domains/brands/index.ts';
import { selectEntitlements, updateEntitlements } from './entitlement-store.ts';
import { extended } from './extension.ts';
import type { Extended, Extension, Fact } from './extension.ts';
import { insertPeriods } from './period-store.ts';
import { takeSubscription } from './save-subscription.ts';
import { updateSubscriptions } from './store.ts';

/**
 * Adds a paid period to a subscription (`extended`). Paid twice for one boundary extends once.
 * Refuses `subscription-not-found`, `subscription-state-forbids` (deleted meanwhile),
 * `renewal-out-of-turn` (another boundary).
 */
export async function extendSubscription(
  ctx: Ctx,
  id: string,
  extension: Extension,
): Promise<'extended' | 'already'> {
  const before = await takeSubscription(ctx, id);
  const brand = await findBrand(ctx, before.brandId);
  if (!brand) throw new Error(`brand ${before.brandId} is gone`);
  const held = await selectEntitlements(ctx, [before]);
  const after = extended(before, held, extension, { now: ctx.now, policy: brand.policy });
  if (after === 'already') return 'already';
  await saveExtended(ctx, [after]);
  return 'extended';
}

/**
 * Writes the new periods of subscriptions that the caller holds, with a few statements whatever
 * their number, and announces them. A boundary that was paid for before is a defect here: whoever
 * holds the row has seen its last paid period.
 */
export async function saveExtended(ctx: Ctx, all: readonly Extended[]): Promise<void> {
  const inserted = await insertPeriods(
    ctx,
    all.map(({ subscription, period, orderId }) => ({
      subscriptionId: subscription.id,
      period,
      orderId,
    })),
  );
  if (inserted !== all.length) {
    throw new Error(`${all.length - inserted} of ${all.length} boundaries were paid for before`);
  }
  await updateSubscriptions(
    ctx,
    all.map(({ subscription }) => subscription),
  );
  await updateEntitlements(
    ctx,
    all.flatMap(({ subscription, entitlements }) =>
      entitlements.map((entitlement) => ({ entitlement, zone: subscription.zone })),
    ),
  );
  const facts = Map.groupBy(
    all.flatMap((one) => one.facts),
    ({ type }: Fact) => type,
  );
  for (const [type, some] of facts) {
    await ctx.announce(type, ...some.map(({ fact }) => fact as never));
  }
}
