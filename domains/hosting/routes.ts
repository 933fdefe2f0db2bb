import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { serve } from '#platform/http/serve.ts';
import { brandIdsWithin } from '#domains/brands/index.ts';
import { ownOrder } from '#domains/orders/index.ts';
import { ownSubscription } from '#domains/subscriptions/index.ts';
import { askFiles, changeFiles } from './account-files.ts';
import { accountsOf } from './account-store.ts';
import { deleteAccount, setAccountSuspended } from './change-account.ts';
import { hostingContract } from './contract.ts';
import { createAccount } from './create-account.ts';
import { deliveriesOf, selectDeliveries, selectDelivery } from './delivery-store.ts';
import { selectPackages } from './package-store.ts';
import {
  changeNode,
  createNode,
  listModules,
  listNodes,
  nodeDetail,
  nodesOfStaff,
  nodeStatus,
} from './manage-nodes.ts';
import { planRoutes, staffPlanRoutes } from './plan-routes.ts';
import { readUsage } from './read-usage.ts';
import { retryDelivery } from './retry-delivery.ts';
import {
  accountView,
  deliveryView,
  packageFacts,
  packageView,
  staffDeliveryView,
} from './view-hosting.ts';
import { ownPackage } from './whose-account.ts';

export const hostingRoutes = serve(hostingContract, {
  package: {
    get: async (ctx, { subscriptionId }) => packageView(ctx, await ownPackage(ctx, subscriptionId)),
    usage: { outside: (outside, { subscriptionId }) => readUsage(outside, subscriptionId) },
    deliveries: async (ctx, { subscriptionId }) => {
      await ownSubscription(ctx, subscriptionId);
      const all = await deliveriesOf(ctx, subscriptionId);
      return { items: all.toReversed().map(deliveryView), asOf: ctx.now.toString() };
    },
    orderDeliveries: async (ctx, { orderId }) => {
      const { subscriptionId } = await ownOrder(ctx, orderId);
      const all = await deliveriesOf(ctx, subscriptionId);
      const mine = all.filter((delivery) => delivery.orderId === orderId);
      return { items: mine.toReversed().map(deliveryView), asOf: ctx.now.toString() };
    },
  },
  accounts: {
    list: async (ctx, { subscriptionId }) => {
      const accounts = await accountsOf(ctx, await ownPackage(ctx, subscriptionId));
      return { items: accounts.map(accountView) };
    },
    create: {
      outside: async (outside, input) => accountView(await createAccount(outside, input)),
    },
    suspend: {
      outside: async (outside, { id }) => accountView(await setAccountSuspended(outside, id, true)),
    },
    unsuspend: {
      outside: async (outside, { id }) =>
        accountView(await setAccountSuspended(outside, id, false)),
    },
    delete: {
      outside: async (outside, input) => accountView(await deleteAccount(outside, input)),
    },
  },
  files: {
    list: {
      outside: async (outside, { id, path }) => {
        const listing = await askFiles(outside, id, (files, which) => files.list(which, path));
        const entries = listing.entries.map((entry) => ({
          ...entry,
          changedAt: entry.changedAt.toString(),
        }));
        return { ...listing, entries };
      },
    },
    makeFolder: {
      outside: async (outside, { id, path }) => {
        await changeFiles(outside, id, (files, which) => files.makeFolder(which, path));
        return {};
      },
    },
    rename: {
      outside: async (outside, { id, from, to }) => {
        await changeFiles(outside, id, (files, which) => files.rename(which, from, to));
        return {};
      },
    },
    remove: {
      outside: async (outside, { id, path }) => {
        await changeFiles(outside, id, (files, which) => files.remove(which, path));
        return {};
      },
    },
  },
  plans: planRoutes,
  staffPlans: staffPlanRoutes,
  admin: {
    deliveries: {
      list: async (ctx, { limit, ...filter }) => {
        const brandIds = await brandsOf(ctx);
        const rows = await selectDeliveries(ctx, { ...filter, brandIds, limit });
        const page = pageOf(rows, limit, ({ id }) => id);
        return { items: page.items.map(staffDeliveryView), next: page.next };
      },
      get: async (ctx, { id }) => staffDeliveryView(await staffDelivery(ctx, id)),
      retry: async (ctx, { id }) =>
        staffDeliveryView(await retryDelivery(ctx, await staffDelivery(ctx, id))),
    },
    nodes: {
      list: listNodes,
      get: (ctx, { id }) => nodeDetail(ctx, id),
      status: { outside: (outside, { id }) => nodeStatus(outside, id) },
      modules: listModules,
      create: createNode,
      change: changeNode,
    },
    packages: async (ctx, { limit, ...filter }) => {
      const brandIds = await brandsOf(ctx);
      const rows = await selectPackages(ctx, { ...filter, brandIds, limit });
      const page = pageOf(rows, limit, ({ id }) => id);
      const names = new Map((await nodesOfStaff(ctx)).map(({ node }) => [node.id, node.name]));
      const items = page.items.map((account) => ({
        ...packageFacts(account),
        clientId: account.clientId,
        nodeId: account.nodeId,
        nodeName: names.get(account.nodeId) ?? account.nodeId,
      }));
      return { items, next: page.next };
    },
  },
});

async function brandsOf(ctx: Ctx): Promise<string[]> {
  return ctx.actor.kind === 'staff' ? brandIdsWithin(ctx, ctx.actor.sellerId) : [];
}

async function staffDelivery(ctx: Ctx, id: string) {
  const delivery = await selectDelivery(ctx, id);
  if (!delivery || !(await brandsOf(ctx)).includes(delivery.brandId)) {
    refuse('delivery-not-found', { field: 'id' });
  }
  return delivery;
}
