import { z } from 'zod';
import { jobType } from '#platform/jobs.ts';

/** Does what is due for one subscription, in order. */
export const advanceDeliveriesJob = jobType(
  'hosting.advance-deliveries',
  'outside',
  z.object({ subscriptionId: z.string() }),
);
