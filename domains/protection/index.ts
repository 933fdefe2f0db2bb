import type { AgendaItem } from '#platform/agenda.ts';
import { outsideWorker } from '#platform/jobs.ts';
import type { JobHandler } from '#platform/jobs.ts';
import { checkZoneJob, syncNodeJob } from './jobs.ts';
import { checkReputation, checkZone } from './reputation/check-reputation.ts';
import { syncDueNodes, syncNode } from './sync-node.ts';

export { opensTicket } from './decide-policy.ts';
export type { FindingFact } from './events.ts';
export { protectionFinding, protectionFindingChanged, protectionNodeChanged } from './events.ts';
export { selectGuardedAccount as findGuardedAccount } from './guarded-account-store.ts';
export { selectResponse as findingResponseOf } from './policy-store.ts';
export { protectionEngineKind } from './protection-engine.ts';
export { protectionRoutes } from './routes.ts';
export { guardServers } from './server-routes.ts';
export { protectionSubscribers } from './subscribers.ts';
export { verifyProtection } from './verify.ts';
export { ownFinding } from './whose-protection.ts';

export const protectionJobs: readonly JobHandler[] = [
  outsideWorker(syncNodeJob, (outside, { nodeId }) => syncNode(outside, nodeId)),
  outsideWorker(checkZoneJob, (outside, { zone }) => checkZone(outside, zone)),
];

export const protectionAgenda: readonly AgendaItem[] = [syncDueNodes, checkReputation];
