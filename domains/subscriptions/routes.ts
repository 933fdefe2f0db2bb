import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { serve } from '#platform/http/serve.ts';
import { clientTitle, titlesOf } from '#domains/clients/index.ts';
import { sellersWithin } from '#domains/sellers/index.ts';
import { subscriptionsContract } from './contract.ts';
import { readDomainName } from './domain-name.ts';
import { endSubscription } from './end-subscription.ts';
import { selectEntitlement } from './entitlement-store.ts';
import { setAutoRenew, setEntitlementRenewal } from './set-renewal.ts';
import { selectSubscriptions } from './store.ts';
import type { SubscriptionFilter } from './store.ts';
import { resumeSubscription, suspendSubscription } from './suspend-subscription.ts';
import {
  viewForStaff,
  viewHistory,
  viewSubscription,
  viewSubscriptions,
} from './view-subscription.ts';
import { ownSubscription, staffSubscription } from './whose-subscription.ts';

const SELLERS_MAX = 5000;

async function listPage(ctx: Ctx, filter: SubscriptionFilter) {
  const { items, next } = pageOf(
    await selectSubscriptions(ctx, filter),
    filter.limit,
    ({ id }) => id,
  );
  return { items: await viewSubscriptions(ctx, items), next };
}

async function staffPage(ctx: Ctx, filter: SubscriptionFilter) {
  const page = await listPage(ctx, filter);
  const clients = await titlesOf(
    ctx,
    page.items.map(({ clientId }) => clientId),
  );
  const names = new Map(clients.map((client) => [client.id, clientTitle(client)]));
  const items = page.items.map((item) => ({
    ...item,
    clientName: names.get(item.clientId) ?? item.clientId,
  }));
  return { ...page, items };
}

async function sellerIdsOf(ctx: Ctx): Promise<string[]> {
  if (ctx.actor.kind !== 'staff') refuse('not-allowed');
  const sellers = await sellersWithin(ctx, ctx.actor.sellerId, SELLERS_MAX);
  return sellers.map(({ id }) => id);
}

export const subscriptionsRoutes = serve(subscriptionsContract, {
  list: async (ctx, { cursor, limit, state }) => {
    if (ctx.actor.kind !== 'client') refuse('not-allowed');
    const { branch, clientId } = ctx.actor;
    return listPage(ctx, { branch, clientId, limit, state, before: cursor });
  },
  get: async (ctx, { id }) => viewSubscription(ctx, await ownSubscription(ctx, id)),
  history: async (ctx, { id }) => viewHistory(ctx, await ownSubscription(ctx, id)),
  setAutoRenew: async (ctx, { id, autoRenew }) => {
    await ownSubscription(ctx, id);
    return viewSubscription(ctx, await setAutoRenew(ctx, id, autoRenew));
  },
  setComponentRenewal: async (ctx, { id, componentId, renews }) => {
    const subscription = await ownSubscription(ctx, id);
    const entitlement = await selectEntitlement(ctx, componentId);
    if (entitlement?.subscriptionId !== id) {
      refuse('entitlement-not-found', { field: 'componentId' });
    }
    await setEntitlementRenewal(ctx, componentId, renews);
    return viewSubscription(ctx, subscription);
  },
  staffList: async (ctx, { cursor, limit, state, search, clientId }) =>
    staffPage(ctx, {
      sellerIds: await sellerIdsOf(ctx),
      limit,
      state,
      search,
      clientId,
      before: cursor,
    }),
  staffGet: async (ctx, { id }) => viewForStaff(ctx, await staffSubscription(ctx, id)),
  staffHistory: async (ctx, { id }) => viewHistory(ctx, await staffSubscription(ctx, id)),
  suspend: async (ctx, { id, reason }) => {
    await staffSubscription(ctx, id);
    return viewForStaff(ctx, await suspendSubscription(ctx, id, { cause: 'staff', reason }));
  },
  resume: async (ctx, { id }) => {
    await staffSubscription(ctx, id);
    return viewForStaff(ctx, await resumeSubscription(ctx, id));
  },
  end: async (ctx, { id, reason, domainName }) => {
    const subscription = await staffSubscription(ctx, id);
    if (readDomainName(domainName) !== subscription.domainName) {
      refuse('domain-name-differs', { field: 'domainName' });
    }
    return viewForStaff(ctx, await endSubscription(ctx, id, { cause: 'staff', reason }));
  },
});
