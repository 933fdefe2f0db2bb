import { z } from 'zod';
import { jobType } from '#platform/jobs.ts';

/** Tells a node what it is to do, and takes in what it has found. */
export const syncNodeJob = jobType(
  'protection.sync-node',
  'outside',
  z.object({ nodeId: z.string() }),
);

/** Tests one blacklist and asks it about every address. */
export const checkZoneJob = jobType(
  'protection.check-zone',
  'outside',
  z.object({ zone: z.string() }),
);
