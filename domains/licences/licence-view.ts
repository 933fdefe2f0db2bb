import type { Ctx } from '#platform/context.ts';
import { clientTitle, titlesOf } from '#domains/clients/index.ts';
import { findSubscription } from '#domains/subscriptions/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';
import type { LicenceWire, StaffLicenceWire } from './contract.ts';
import { standingOf } from './licence.ts';
import type { Licence } from './licence.ts';

/** A licence as its owner sees it. */
export function licenceView(licence: Licence, subscription: Subscription): LicenceWire {
  return {
    id: licence.id,
    subscriptionId: licence.subscriptionId,
    entitlementId: licence.entitlementId,
    componentId: licence.componentId,
    state: standingOf(licence),
    key: licence.key,
    domainName: subscription.domainName,
    validUntil: subscription.period?.end.toString() ?? null,
    wantedAt: licence.createdAt.toString(),
    issuedAt: licence.issuedAt?.toString() ?? null,
    deletedAt: licence.deletedAt?.toString() ?? null,
  };
}

export async function viewOf(ctx: Ctx, licence: Licence): Promise<LicenceWire> {
  const subscription = await findSubscription(ctx, licence.subscriptionId);
  if (!subscription) throw new Error(`subscription ${licence.subscriptionId} is gone`);
  return licenceView(licence, subscription);
}

/** Licences as staff see them: with whose they are and what the supplier said last. */
export async function staffViews(
  ctx: Ctx,
  licences: readonly Licence[],
): Promise<StaffLicenceWire[]> {
  const clients = await titlesOf(
    ctx,
    licences.map((licence) => licence.clientId),
  );
  const names = new Map(clients.map((client) => [client.id, clientTitle(client)]));
  const views: StaffLicenceWire[] = [];
  for (const licence of licences) {
    const subscription = await findSubscription(ctx, licence.subscriptionId);
    const clientName = names.get(licence.clientId) ?? licence.clientId;
    views.push(staffView(licence, { clientName, domainName: subscription?.domainName ?? '' }));
  }
  return views;
}

function staffView(
  licence: Licence,
  whose: { clientName: string; domainName: string },
): StaffLicenceWire {
  return {
    id: licence.id,
    clientId: licence.clientId,
    ...whose,
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
