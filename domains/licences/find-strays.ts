import { refuse } from '#kit/refusal.ts';
import type { AgendaItem } from '#platform/agenda.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { keysFrom } from './store.ts';
import {
  deleteStray,
  hasUnexplained,
  noteCheck,
  replaceStrays,
  selectStrays,
  suppliersToCheck,
} from './stray-store.ts';
import { strayLicences } from './supplier.ts';
import type { SupplierLicence } from './supplier.ts';
import { connectSupplier } from './supplier-account.ts';

const CHECK_EVERY_MS = 24 * 3_600_000;
/** While a purchase is unexplained its key would pass for a stray: look again when it is done. */
const LOOK_AGAIN_MS = 3_600_000;

/**
 * Once a day every supplier's live keys are compared with ours; what is left over costs money.
 * A day of the wall clock: the vendor's account is real, and a sandbox that lives through a year
 * in a minute need not ask it a year's worth of times.
 */
export const findStrays: AgendaItem = {
  name: 'licences.find-strays',
  nextDueAt: async (ctx) => ((await suppliersToCheck(ctx, Date.now())).length > 0 ? ctx.now : null),
  runDue: async (outside) => {
    const due = await outside.transact((ctx) => suppliersToCheck(ctx, Date.now()));
    for (const supplierId of due) await checkSupplier(outside, supplierId);
  },
};

/** Compares one supplier's account with our licences and writes down what nobody accounts for. */
export async function checkSupplier(outside: Outside, supplierId: string): Promise<void> {
  const supplier = await outside.transact((ctx) => connectSupplier(ctx, supplierId));
  const listed = supplier
    ? await supplier.connection.list()
    : { kind: 'unreachable' as const, message: `${supplierId} is not set up` };
  await outside.transact(async (ctx) => {
    if (listed.kind === 'ok') return takeList(ctx, supplierId, listed.licences);
    const nextCheckAtMs = Date.now() + CHECK_EVERY_MS;
    return noteCheck(ctx, supplierId, { nextCheckAtMs, checked: false, error: listed.message });
  });
}

/** The list is older than what is read here, so a key issued meanwhile is already known. */
async function takeList(
  ctx: Ctx,
  supplierId: string,
  listed: readonly SupplierLicence[],
): Promise<void> {
  if (await hasUnexplained(ctx, supplierId)) {
    const nextCheckAtMs = Date.now() + LOOK_AGAIN_MS;
    return noteCheck(ctx, supplierId, { nextCheckAtMs, checked: false, error: null });
  }
  const ours = new Set(await keysFrom(ctx, supplierId));
  await replaceStrays(ctx, supplierId, strayLicences(listed, ours));
  const nextCheckAtMs = Date.now() + CHECK_EVERY_MS;
  return noteCheck(ctx, supplierId, { nextCheckAtMs, checked: true, error: null });
}

/**
 * Ends a stray at its supplier for good. Only what the last comparison found, and what no licence
 * of ours has taken since.
 */
export async function cancelStray(
  outside: Outside,
  { supplierId, key }: { supplierId: string; key: string },
): Promise<void> {
  const supplier = await outside.transact(async (ctx) => {
    const strays = await selectStrays(ctx);
    const found = strays.some((stray) => stray.supplierId === supplierId && stray.key === key);
    const ours = await keysFrom(ctx, supplierId);
    if (!found || ours.includes(key)) refuse('stray-not-found', { field: 'key' });
    if (await hasUnexplained(ctx, supplierId)) refuse('purchase-unexplained');
    return connectSupplier(ctx, supplierId);
  });
  const done = await supplier?.connection.cancel(key);
  if (done?.kind !== 'ok') {
    refuse('supplier-unavailable', { params: { reason: done?.message ?? 'not set up' } });
  }
  await outside.transact((ctx) => deleteStray(ctx, supplierId, key));
}
