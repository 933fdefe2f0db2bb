import type { Ctx } from '#platform/context.ts';
import { connectNode } from './connect-node.ts';
import type { HostingAccountView } from './contract/account-contract.ts';
import type { DeliveryView, StaffDeliveryView } from './contract/delivery-wire.ts';
import type { PackageView } from './contract/package-contract.ts';
import type { Delivery } from './delivery.ts';
import { standingOf } from './hosting-account.ts';
import type { HostingAccount } from './hosting-account.ts';
import type { PackageAccount } from './package-account.ts';

/** A delivery as its client watches it: without the server's own words. */
export function deliveryView(delivery: Delivery): DeliveryView {
  return {
    id: delivery.id,
    subscriptionId: delivery.subscriptionId,
    entitlementId: delivery.entitlementId,
    componentId: delivery.componentId,
    orderId: delivery.orderId,
    domainName: delivery.domainName,
    kind: delivery.kind,
    state: delivery.state,
    waitsFor: delivery.waitsFor,
    reason: delivery.errorCode,
    nextAttemptAt: delivery.nextAttemptAt?.toString() ?? null,
    steps: delivery.steps.map(({ name, state, startedAt, finishedAt }) => ({
      name,
      state,
      startedAt,
      finishedAt,
    })),
    createdAt: delivery.createdAt.toString(),
    startedAt: delivery.startedAt?.toString() ?? null,
    finishedAt: delivery.finishedAt?.toString() ?? null,
  };
}

export function staffDeliveryView(delivery: Delivery): StaffDeliveryView {
  return {
    ...deliveryView(delivery),
    clientId: delivery.clientId,
    attempts: delivery.attempts,
    lastError: delivery.lastError,
    steps: [...delivery.steps],
  };
}

/** A package without what its server can do. */
export function packageFacts(account: PackageAccount): Omit<PackageView, 'can'> {
  return {
    id: account.id,
    subscriptionId: account.subscriptionId,
    domainName: account.domainName,
    username: account.username,
    platform: account.platform,
    standIn: account.standIn,
    state: account.state,
    url: account.url,
    limits: account.limits,
    addresses: account.addresses.map(({ address }) => address),
    createdAt: account.createdAt.toString(),
    readyAt: account.readyAt?.toString() ?? null,
  };
}

export async function packageView(ctx: Ctx, account: PackageAccount): Promise<PackageView> {
  const node = await connectNode(ctx, account.nodeId);
  const can =
    node.kind === 'connected' ? node.capabilities : { accounts: false, files: false, usage: false };
  const { accounts, files, usage } = can;
  return { ...packageFacts(account), can: { accounts, files, usage } };
}

export function accountView(account: HostingAccount): HostingAccountView {
  return {
    id: account.id,
    packageId: account.packageId,
    username: account.username,
    domainName: account.domainName,
    isPrimary: account.isPrimary,
    state: standingOf(account),
    url: account.url,
    isPending: account.wanted !== account.applied,
    createdAt: account.createdAt.toString(),
  };
}
