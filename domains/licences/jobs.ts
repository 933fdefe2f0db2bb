import { z } from 'zod';
import { jobType } from '#platform/jobs.ts';

/** Takes a licence one step on: to its key, or to its end. */
export const advanceLicenceJob = jobType(
  'licences.advance',
  'outside',
  z.object({ licenceId: z.string() }),
);
