import type { AgendaItem } from '#platform/agenda.ts';
import { outsideWorker } from '#platform/jobs.ts';
import type { JobHandler } from '#platform/jobs.ts';
import { syncNodeJob } from './jobs.ts';
import { syncDueNodes, syncNode } from './sync-node.ts';

export { protectionEngineKind } from './protection-engine.ts';
export { protectionRoutes } from './routes.ts';
export { protectionSubscribers } from './subscribers.ts';
export { verifyProtection } from './verify.ts';

export const protectionJobs: readonly JobHandler[] = [
  outsideWorker(syncNodeJob, (outside, { nodeId }) => syncNode(outside, nodeId)),
];

export const protectionAgenda: readonly AgendaItem[] = [syncDueNodes];
