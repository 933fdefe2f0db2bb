import type { Ctx } from '#platform/context.ts';
import { ensureLicence, licenceOfEntitlement, retryLicence } from '#domains/licences/index.ts';
import type { Licence } from '#domains/licences/index.ts';
import { deliveryFacts } from '../delivery-facts.ts';
import type { Delivery } from '../delivery.ts';
import type { Step, StepOutcome } from './step.ts';

/** Asks `licences` for a key; one that was refused before is asked for afresh. */
export const requestLicenceStep: Step = {
  inside: async (ctx, delivery): Promise<StepOutcome> => {
    const { subscription, held } = await deliveryFacts(ctx, delivery.subscriptionId);
    const mine = held.find(({ entitlement }) => entitlement.id === delivery.entitlementId);
    if (!mine) return { kind: 'unwanted' };
    const { entitlement, component } = mine;
    if (!component.supplier) {
      const message = `${component.id} has no supplier in the catalogue`;
      return { kind: 'refused', code: 'supplier-missing', message };
    }
    const supplier = component.supplier;
    const licence = await ensureLicence(ctx, { subscription, entitlement, supplier });
    if (licence.state === 'refused') await retryLicence(ctx, licence.id);
    return { kind: 'done', message: supplier.id };
  },
};

/** Waits until the key is there. `licences` calls the supplier and tells how it ended. */
export const receiveKeyStep: Step = {
  inside: async (ctx, delivery): Promise<StepOutcome> => {
    const licence = await licenceOf(ctx, delivery);
    if (licence?.state === 'active') return { kind: 'done' };
    if (!licence || licence.deletedAt !== null) return { kind: 'unwanted' };
    if (licence.state === 'refused') {
      return { kind: 'refused', code: 'supplier-refused', message: licence.lastError ?? '' };
    }
    return { kind: 'wait', waitsFor: 'licence' };
  },
};

async function licenceOf(ctx: Ctx, { entitlementId }: Delivery): Promise<Licence | null> {
  return entitlementId ? licenceOfEntitlement(ctx, entitlementId) : null;
}
