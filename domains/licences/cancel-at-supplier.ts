import type { Outside } from '#platform/context.ts';
import { licenceEnded } from './events.ts';
import { factOf } from './issue-at-supplier.ts';
import { nextAttempt } from './licence.ts';
import type { Licence } from './licence.ts';
import { lockLicence, updateLicence } from './store.ts';
import type { Done, NotDone } from './supplier.ts';
import { connectSupplier } from './supplier-account.ts';

/** Tells the supplier that a key is to be dead; repeated until it says so. */
export async function cancelAtSupplier(
  outside: Outside,
  { id, supplierId }: Licence,
): Promise<void> {
  const supplier = await outside.transact((ctx) => connectSupplier(ctx, supplierId));
  const licence = await outside.transact(async (ctx) => {
    const locked = await lockLicence(ctx, id);
    if (locked?.state !== 'deleting') return null;
    const leaseMs = supplier?.connection.longestCallMs ?? 0;
    const nextAttemptAt = ctx.now.add({ milliseconds: leaseMs });
    const leased = { ...locked, attempts: locked.attempts + 1, nextAttemptAt };
    await updateLicence(ctx, leased);
    return leased;
  });
  if (!licence?.key) return;
  const outcome = supplier ? await supplier.connection.cancel(licence.key) : notSetUp(supplierId);
  await outside.transact(async (ctx) => {
    const locked = await lockLicence(ctx, id);
    if (locked?.state !== 'deleting') return;
    if (outcome.kind === 'ok') {
      await updateLicence(ctx, {
        ...locked,
        state: 'deleted',
        endedAt: ctx.now,
        lastError: null,
        nextAttemptAt: null,
      });
      await ctx.announce(licenceEnded, factOf(locked));
      return;
    }
    const retryAfterMs = outcome.kind === 'unreachable' ? outcome.retryAfterMs : 0;
    const nextAttemptAt = nextAttempt(locked.attempts, retryAfterMs, ctx.now);
    await updateLicence(ctx, { ...locked, lastError: outcome.message, nextAttemptAt });
  });
}

function notSetUp(supplierId: string): Done | NotDone {
  return { kind: 'unreachable', message: `${supplierId} is not set up`, retryAfterMs: 0 };
}
