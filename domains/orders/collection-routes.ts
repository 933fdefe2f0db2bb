import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { Handlers } from '#platform/http/serve.ts';
import { brandIdsWithin, changePolicy, findBrand } from '#domains/brands/index.ts';
import type { Brand } from '#domains/brands/index.ts';
import type { BrandPolicyView, collectionOperations } from './collection-contract.ts';
import { reschedule } from './reschedule.ts';

export const collectionRoutes: Handlers<typeof collectionOperations> = {
  policies: async (ctx) => {
    const items: BrandPolicyView[] = [];
    for (const id of await brandIdsOfStaff(ctx)) {
      const brand = await findBrand(ctx, id);
      if (brand) items.push(policyView(brand));
    }
    return { items };
  },
  changePolicy: async (ctx, { brandId, policy }) => {
    if (!(await brandIdsOfStaff(ctx)).includes(brandId)) {
      refuse('brand-not-found', { field: 'brandId' });
    }
    const brand = await changePolicy(ctx, brandId, policy);
    await ctx.enqueue(reschedule, { brandId, what: 'packages', after: '' });
    await ctx.enqueue(reschedule, { brandId, what: 'debts', after: '' });
    return policyView(brand);
  },
};

async function brandIdsOfStaff(ctx: Ctx): Promise<string[]> {
  return ctx.actor.kind === 'staff' ? brandIdsWithin(ctx, ctx.actor.sellerId) : [];
}

function policyView({ id, name, currency, policy }: Brand): BrandPolicyView {
  const { remindDays, tryDays, chargeDays, lateFee } = policy.collection;
  return {
    brandId: id,
    brandName: name,
    currency,
    policy: {
      reminderDaysOfMonth: [...policy.reminderDaysOfMonth],
      remindFromDays: policy.remindFromDays,
      autoRenewDaysShort: policy.autoRenewDaysShort,
      autoRenewDaysLong: policy.autoRenewDaysLong,
      noticeDaysBeforeAutoRenew: policy.noticeDaysBeforeAutoRenew,
      suspendAfterDays: policy.suspendAfterDays,
      deleteAfterDays: policy.deleteAfterDays,
      unpaidOrderDays: policy.unpaidOrderDays,
      mergeRenewals: policy.mergeRenewals,
      billingDay: policy.billingDay,
      collection: {
        remindDays: [...remindDays],
        tryDays: [...tryDays],
        chargeDays: [...chargeDays],
        lateFee,
      },
    },
  };
}
