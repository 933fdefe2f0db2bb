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

export async function selectAllRates(ctx: Ctx): Promise<TaxRate[]> {
  const { rows } = await sql<TaxRate>`
    select place, rate_bp as "rateBp", effective_from as "effectiveFrom",
      effective_until as "effectiveUntil"
    from tax_rate order by place, effective_from desc limit 2000`.execute(ctx.tx);
  return rows;
}

export async function insertRate(ctx: Ctx, rate: TaxRate): Promise<void> {
  await sql`
    insert into tax_rate (place, rate_bp, effective_from, effective_until)
    values (${rate.place}, ${rate.rateBp}, ${rate.effectiveFrom}, ${rate.effectiveUntil})
  `.execute(ctx.tx);
}

/** A place's open rate ends on that day, which is the first of the next one. */
export async function endRate(
  ctx: Ctx,
  { place, effectiveFrom }: TaxRate,
  until: Temporal.PlainDate,
): Promise<void> {
  await sql`
    update tax_rate set effective_until = ${until}
    where place = ${place} and effective_from = ${effectiveFrom}`.execute(ctx.tx);
}
