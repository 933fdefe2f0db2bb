import type { Ctx } from '#platform/context.ts';
import { advanceLicenceJob } from './jobs.ts';
import type { Licence, LicenceState } from './licence.ts';
import { lockLicence, updateLicence } from './store.ts';

/**
 * Ends a licence for its owner at once and for good; the supplier is told by a job that repeats
 * until it confirms. A second call changes nothing.
 */
export async function endLicence(ctx: Ctx, id: string): Promise<Licence | null> {
  const licence = await lockLicence(ctx, id);
  if (!licence || licence.deletedAt) return licence;
  const ended: Licence = {
    ...licence,
    deletedAt: ctx.now,
    ...AFTER_DELETION[licence.state](ctx.now),
  };
  await updateLicence(ctx, ended);
  if (ended.nextAttemptAt) await ctx.enqueue(advanceLicenceJob, { licenceId: id });
  return ended;
}

type Change = Pick<Licence, 'state' | 'nextAttemptAt'> & Partial<Licence>;

/** What deletion makes of each state. */
const AFTER_DELETION: Readonly<Record<LicenceState, (now: Temporal.Instant) => Change>> = {
  // Cancelled when its key is there, or never asked for.
  issuing: (now) => ({ state: 'issuing', nextAttemptAt: now }),
  active: (now) => ({ state: 'deleting', nextAttemptAt: now, attempts: 0 }),
  deleting: (now) => ({ state: 'deleting', nextAttemptAt: now }),
  refused: (now) => ({ state: 'deleted', nextAttemptAt: null, endedAt: now }),
  deleted: () => ({ state: 'deleted', nextAttemptAt: null }),
};
