import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { retryLicence } from './retry-licence.ts';
import type { Licence } from './licence.ts';
import { lockLicence, updateLicence } from './store.ts';

/**
 * A person's word that the keys which appeared beside this licence are not its own: they count as
 * known from now on, and a licence that waited for that word goes on.
 */
export async function disownSurplus(ctx: Ctx, id: string): Promise<Licence> {
  const licence = await lockLicence(ctx, id);
  if (!licence || licence.surplusKeys.length === 0) refuse('licence-nothing-to-do');
  const known = licence.knownKeys ?? [];
  const settled = {
    ...licence,
    knownKeys: [...known, ...licence.surplusKeys],
    surplusKeys: [],
  };
  await updateLicence(ctx, settled);
  return (await retryLicence(ctx, id)) ?? settled;
}
