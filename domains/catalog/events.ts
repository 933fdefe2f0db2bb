import { z } from 'zod';
import { eventType } from '#platform/events.ts';

const EditionFact = z.object({
  sellerId: z.string(),
  no: z.int(),
  title: z.string(),
  /** Local dates of the seller's zone. */
  effectiveOn: z.iso.date(),
  existingOn: z.iso.date().nullable(),
  noticeDays: z.int(),
});

/** The catalogue changes on a date to come. The subject is the edition. */
export const editionPublished = eventType('edition.published', EditionFact);

/** A change that was planned will not come. */
export const editionWithdrawn = eventType('edition.withdrawn', EditionFact);
