import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { TaxRate } from './tax-terms.ts';

/** Every rate a place has had; a handful. */
export async function selectRates(ctx: Ctx, place: string): Promise<TaxRate[]> {
  const { rows } = await sql<TaxRate>`
    select place, rate_bp as "rateBp", effective_from as "effectiveFrom",
      effective_until as "effectiveUntil"
    from tax_rate where place = ${place} order by effective_from`.execute(ctx.tx);
  return rows;
}
