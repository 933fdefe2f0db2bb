import type { Ctx } from '#platform/context.ts';
import { advanceLicenceJob } from './jobs.ts';
import type { Licence } from './licence.ts';
import { lockLicence, updateLicence } from './store.ts';

/**
 * Calls the supplier again now; null when there is nothing to ask for. A refusal may be a matter
 * of our account there, so a refused licence is asked for afresh.
 */
export async function retryLicence(ctx: Ctx, id: string): Promise<Licence | null> {
  const licence = await lockLicence(ctx, id);
  if (!licence || licence.state === 'active' || licence.state === 'deleted') return null;
  const state = licence.state === 'refused' ? ('issuing' as const) : licence.state;
  const retried = { ...licence, state, nextAttemptAt: ctx.now, attempts: 0 };
  await updateLicence(ctx, retried);
  await ctx.enqueue(advanceLicenceJob, { licenceId: id });
  return retried;
}
