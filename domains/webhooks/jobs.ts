import { z } from 'zod';
import { jobType } from '#platform/jobs.ts';

/** Sends what is due to one address, one after the other. */
export const sendDueJob = jobType(
  'webhooks.send-due',
  'hooks',
  z.object({ endpointId: z.string() }),
);
