import { z } from 'zod';
import { compareDates, localDate } from '#kit/term.ts';
import { jobType, worker } from '#platform/jobs.ts';
import type { Ctx } from '#platform/context.ts';
import { findBrand } from '#domains/brands/index.ts';
import type { Brand } from '#domains/brands/index.ts';
import { lockLiveOfBrand, saveSubscriptions, withNextStep } from '#domains/subscriptions/index.ts';
import { plannedAfter } from './charging.ts';
import { nextCollectionAt } from './collection.ts';
import { lockCollectionsOf, updateCollection } from './collection-store.ts';

const BATCH = 500;

/** Computes anew what a brand's changed policy does to its packages and debts, and when. */
export const reschedule = jobType(
  'orders.reschedule',
  'work',
  z.object({
    brandId: z.string(),
    what: z.enum(['packages', 'debts']),
    after: z.string(),
  }),
);

export const rescheduleWorker = worker(reschedule, async (ctx, { brandId, what, after }) => {
  const brand = await findBrand(ctx, brandId);
  if (!brand) return;
  const last = await (what === 'packages' ? packages : debts)(ctx, brand, after);
  if (last) await ctx.enqueue(reschedule, { brandId, what, after: last });
});

/** Returns where to go on; null at the end. */
async function packages(ctx: Ctx, brand: Brand, after: string): Promise<string | null> {
  const ask = { brandId: brand.id, sellerId: brand.sellerId, after, limit: BATCH };
  const some = await lockLiveOfBrand(ctx, ask);
  await saveSubscriptions(
    ctx,
    some.map((subscription) => withNextStep(subscription, brand.policy)),
  );
  return some.length === BATCH ? (some.at(-1)?.id ?? null) : null;
}

/** What the new policy would have wanted on days gone by is not made up for. */
async function debts(ctx: Ctx, brand: Brand, after: string): Promise<string | null> {
  const some = await lockCollectionsOf(ctx, { brandId: brand.id, after, limit: BATCH });
  for (const one of some) {
    const yesterday = localDate(ctx.now, one.zone).subtract({ days: 1 });
    const doneOn = compareDates(one.doneOn, yesterday) < 0 ? yesterday : one.doneOn;
    const known = { ...one, doneOn };
    const { collection } = brand.policy;
    const nextAt = nextCollectionAt(known, collection);
    const terms = { zone: one.zone, now: ctx.now, chargeDays: collection.chargeDays };
    const charging = one.chargeAt ? plannedAfter(one, terms) : {};
    await updateCollection(ctx, { ...known, ...charging, nextAt });
  }
  return some.length === BATCH ? (some.at(-1)?.id ?? null) : null;
}
