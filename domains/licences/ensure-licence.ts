import type { Ctx } from '#platform/context.ts';
import type { Entitlement, Subscription } from '#domains/subscriptions/index.ts';
import { advanceLicenceJob } from './jobs.ts';
import type { Licence } from './licence.ts';
import { insertLicenceOnce } from './store.ts';

export type LicenceWanted = {
  subscription: Subscription;
  entitlement: Entitlement;
  /** From the catalogue's component: who sells it and under which name. */
  supplier: { id: string; product: string };
};

/**
 * Wants one licence for an entitlement; asked again it gives the same one. The supplier is called
 * after this transaction commits, and until a key is there.
 */
export async function ensureLicence(ctx: Ctx, wanted: LicenceWanted): Promise<Licence> {
  const { subscription, entitlement, supplier } = wanted;
  const id = ctx.newId('lic', subscription.branch);
  const licence = await insertLicenceOnce(ctx, {
    id,
    branch: subscription.branch,
    brandId: subscription.brandId,
    sellerId: subscription.sellerId,
    clientId: subscription.clientId,
    subscriptionId: subscription.id,
    entitlementId: entitlement.id,
    componentId: entitlement.componentId,
    supplierId: supplier.id,
    product: supplier.product,
    state: 'issuing',
    key: null,
    deletedAt: null,
    issuedAt: null,
    endedAt: null,
    knownKeys: null,
    askedAtMs: null,
    lastAskedAtMs: null,
    surplusKeys: [],
    attempts: 0,
    nextAttemptAt: ctx.now,
    queuedAt: null,
    lastError: null,
    createdAt: ctx.now,
  });
  if (licence.id === id) await ctx.enqueue(advanceLicenceJob, { licenceId: id });
  return licence;
}
