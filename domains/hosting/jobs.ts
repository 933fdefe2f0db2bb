import { z } from 'zod';
import { jobType } from '#platform/jobs.ts';

/** Does what is due for one subscription, in order. */
export const advanceDeliveriesJob = jobType(
  'hosting.advance-deliveries',
  'outside',
  z.object({ subscriptionId: z.string() }),
);

/** Brings an account on the server to what its owner wants. */
export const syncAccountJob = jobType(
  'hosting.sync-account',
  'outside',
  z.object({ accountId: z.string() }),
);
