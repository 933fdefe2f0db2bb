import type { AgendaItem } from '#platform/agenda.ts';
import { outsideWorker } from '#platform/jobs.ts';
import type { JobHandler } from '#platform/jobs.ts';
import { advanceDeliveries, advanceDueDeliveries } from './advance-deliveries.ts';
import { advanceDeliveriesJob, syncAccountJob } from './jobs.ts';
import { syncAccount, syncDueAccounts } from './sync-account.ts';

export { serverModuleKind } from './connect-node.ts';
export { deliveryDone, deliveryFailed } from './events.ts';
export { hostingFiles } from './file-routes.ts';
export { hostingRoutes } from './routes.ts';
export type { Delivery } from './delivery.ts';
export { deliveriesOf } from './delivery-store.ts';
export type { PackageAccount } from './package-account.ts';
export { packageOfSubscription } from './package-store.ts';
export { accountsOnNode, addressesOfPackages, allNodes } from './hosted-store.ts';
export type { HostedAccount } from './hosted-store.ts';
export { nodesOfStaff } from './manage-nodes.ts';
export type { Node } from './node.ts';
export { selectNode as findNode, selectNodeByName as findNodeByName } from './node-store.ts';
export { ownAccount } from './whose-account.ts';
export { saveNode } from './save-node.ts';
export { hostingSubscribers } from './subscribers.ts';
export { verifyHosting } from './verify.ts';

export const hostingJobs: readonly JobHandler[] = [
  outsideWorker(advanceDeliveriesJob, (outside, { subscriptionId }) =>
    advanceDeliveries(outside, subscriptionId),
  ),
  outsideWorker(syncAccountJob, async (outside, { accountId }) => {
    await syncAccount(outside, accountId);
  }),
];

export const hostingAgenda: readonly AgendaItem[] = [advanceDueDeliveries, syncDueAccounts];
