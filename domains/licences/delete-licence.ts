import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { deleteEntitlement, ownSubscription } from '#domains/subscriptions/index.ts';
import { endLicence } from './end-licence.ts';
import type { Licence } from './licence.ts';
import { lockLicence, selectLicence } from './store.ts';

/** The client's own licence; anybody else's does not exist for them. */
export async function ownLicence(ctx: Ctx, id: string): Promise<Licence> {
  const licence = await selectLicence(ctx, id);
  if (ctx.actor.kind !== 'client' || licence?.clientId !== ctx.actor.clientId) {
    refuse('licence-not-found', { field: 'id' });
  }
  return licence;
}

/**
 * Deletes a licence for good: the entitlement is gone with it, nothing is refunded (rule 8), the
 * next renewal lacks its line. `domainName` is typed by the owner, so that nobody deletes by a
 * slip; repeating the call changes nothing.
 */
export async function deleteLicence(
  ctx: Ctx,
  { id, domainName }: { id: string; domainName: string },
): Promise<Licence> {
  const licence = await ownLicence(ctx, id);
  const subscription = await ownSubscription(ctx, licence.subscriptionId);
  if (domainName.trim().toLowerCase() !== subscription.domainName.toLowerCase()) {
    refuse('confirmation-invalid', { field: 'domainName' });
  }
  await deleteEntitlement(ctx, licence.entitlementId);
  await endLicence(ctx, id);
  return (await lockLicence(ctx, id)) ?? licence;
}
