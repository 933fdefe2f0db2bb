import type { AgendaItem } from '#platform/agenda.ts';
import { outsideWorker } from '#platform/jobs.ts';
import type { JobHandler } from '#platform/jobs.ts';
import { forgetDeliveries } from './forget-deliveries.ts';
import { sendDueJob } from './jobs.ts';
import { retryDeliveries, sendDue } from './send-due.ts';

export { webhooksRoutes } from './routes.ts';
export { webhooksSubscribers } from './take-facts.ts';
export { verifyWebhooks } from './verify.ts';
export { webhookDoorKind } from './webhook-door.ts';

export const webhooksJobs: readonly JobHandler[] = [
  outsideWorker(sendDueJob, (outside, { endpointId }) => sendDue(outside, endpointId)),
];

export const webhooksAgenda: readonly AgendaItem[] = [retryDeliveries, forgetDeliveries];
