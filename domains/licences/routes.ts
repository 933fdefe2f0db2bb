import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { serve } from '#platform/http/serve.ts';
import { brandIdsWithin } from '#domains/brands/index.ts';
import { findSubscription, ownSubscription } from '#domains/subscriptions/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';
import { licencesContract } from './contract.ts';
import { deleteLicence, ownLicence } from './delete-licence.ts';
import { standingOf } from './licence.ts';
import type { Licence } from './licence.ts';
import { retryLicence } from './retry-licence.ts';
import { licencesOfSubscription, selectLicence, selectLicences } from './store.ts';

export const licencesRoutes = serve(licencesContract, {
  ofSubscription: async (ctx, { subscriptionId }) => {
    const subscription = await ownSubscription(ctx, subscriptionId);
    const licences = await licencesOfSubscription(ctx, subscriptionId);
    return { items: licences.map((licence) => licenceView(licence, subscription)) };
  },
  get: async (ctx, { id }) => viewOf(ctx, await ownLicence(ctx, id)),
  delete: async (ctx, input) => viewOf(ctx, await deleteLicence(ctx, input)),
  admin: {
    list: async (ctx, { limit, ...filter }) => {
      const rows = await selectLicences(ctx, { ...filter, brandIds: await brandsOf(ctx), limit });
      const page = pageOf(rows, limit, (licence) => licence.id);
      return { items: page.items.map(staffView), next: page.next };
    },
    retry: async (ctx, { id }) => {
      const licence = await selectLicence(ctx, id);
      if (!licence || !(await brandsOf(ctx)).includes(licence.brandId)) refuse('licence-not-found');
      const retried = (await retryLicence(ctx, id)) ?? refuse('licence-nothing-to-do');
      return staffView(retried);
    },
  },
});

async function brandsOf(ctx: Ctx): Promise<string[]> {
  return ctx.actor.kind === 'staff' ? brandIdsWithin(ctx, ctx.actor.sellerId) : [];
}

async function viewOf(ctx: Ctx, licence: Licence) {
  const subscription = await findSubscription(ctx, licence.subscriptionId);
  if (!subscription) throw new Error(`subscription ${licence.subscriptionId} is gone`);
  return licenceView(licence, subscription);
}

function licenceView(licence: Licence, subscription: Subscription) {
  return {
    id: licence.id,
    subscriptionId: licence.subscriptionId,
    entitlementId: licence.entitlementId,
    componentId: licence.componentId,
    state: standingOf(licence),
    key: licence.key,
    domainName: subscription.domainName,
    validUntil: subscription.period?.end.toString() ?? null,
    issuedAt: licence.issuedAt?.toString() ?? null,
    deletedAt: licence.deletedAt?.toString() ?? null,
  };
}

function staffView(licence: Licence) {
  return {
    id: licence.id,
    clientId: licence.clientId,
    subscriptionId: licence.subscriptionId,
    entitlementId: licence.entitlementId,
    componentId: licence.componentId,
    supplierId: licence.supplierId,
    product: licence.product,
    state: licence.state,
    key: licence.key,
    issuedAt: licence.issuedAt?.toString() ?? null,
    deletedAt: licence.deletedAt?.toString() ?? null,
    endedAt: licence.endedAt?.toString() ?? null,
    attempts: licence.attempts,
    nextAttemptAt: licence.nextAttemptAt?.toString() ?? null,
    lastError: licence.lastError,
    surplusKeys: [...licence.surplusKeys],
    createdAt: licence.createdAt.toString(),
  };
}
