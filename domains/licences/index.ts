import { on } from '#platform/events.ts';
import { outsideWorker } from '#platform/jobs.ts';
import { entitlementDeleted, subscriptionDeleted } from '#domains/subscriptions/index.ts';
import { advanceDueLicences, advanceLicence } from './advance-licence.ts';
import { endLicence } from './end-licence.ts';
import { findStrays } from './find-strays.ts';
import { advanceLicenceJob } from './jobs.ts';
import { licenceOfEntitlement, licencesOfSubscription } from './store.ts';

export { ensureLicence } from './ensure-licence.ts';
export { licenceEnded, licenceIssued, licenceRefused } from './events.ts';
export type { Licence } from './licence.ts';
export { retryLicence } from './retry-licence.ts';
export { licencesRoutes } from './routes.ts';
export { licenceOfEntitlement } from './store.ts';
export { supplierKind } from './supplier-account.ts';
export { saveSupplierAccount } from './supplier-store.ts';
export { verifyLicences } from './verify.ts';

export const licencesJobs = [
  outsideWorker(advanceLicenceJob, (outside, { licenceId }) => advanceLicence(outside, licenceId)),
];

export const licencesAgenda = [advanceDueLicences, findStrays];

/** However an entitlement ends, its licence ends with it. */
export const licencesSubscribers = [
  on(entitlementDeleted, 'licences.end-with-entitlement', async (ctx, { payload }) => {
    const licence = await licenceOfEntitlement(ctx, payload.entitlementId);
    if (licence) await endLicence(ctx, licence.id);
  }),
  on(subscriptionDeleted, 'licences.end-with-subscription', async (ctx, { payload }) => {
    for (const licence of await licencesOfSubscription(ctx, payload.subscriptionId)) {
      await endLicence(ctx, licence.id);
    }
  }),
];
