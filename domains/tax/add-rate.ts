import { refuse } from '#kit/refusal.ts';
import { isBefore } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { endRate, insertRate, selectRates } from './store.ts';
import type { TaxRate } from './tax-terms.ts';

/**
 * Adds a rate to the end of a place's rates; the one before ends that day. What was sold at a rate
 * stays so: a place that has rates gets a new one for days to come alone. Refuses
 * `rate-date-invalid`.
 */
export async function addRate(
  ctx: Ctx,
  { place, rateBp, effectiveFrom }: Omit<TaxRate, 'effectiveUntil'>,
  today: Temporal.PlainDate,
): Promise<TaxRate> {
  const last = (await selectRates(ctx, place)).at(-1);
  const isLate =
    last && (!isBefore(last.effectiveFrom, effectiveFrom) || !isBefore(today, effectiveFrom));
  if (isLate) refuse('rate-date-invalid', { field: 'effectiveFrom' });
  if (last) await endRate(ctx, last, effectiveFrom);
  const rate = { place, rateBp, effectiveFrom, effectiveUntil: null };
  await insertRate(ctx, rate);
  return rate;
}
