import { findSeller, isWithin } from '#domains/sellers/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { refuse } from '#kit/refusal.ts';
import { isBefore, startOfDay } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';

/** A span of local days of a seller, and the instants between which they lie; half-open. */
export type Span = {
  start: Temporal.PlainDate;
  end: Temporal.PlainDate;
  startAt: Temporal.Instant;
  endAt: Temporal.Instant;
};

const YEARS_MAX = 20;

/** The seller whose books are asked for; one not below the staff's own is `seller-not-found`. */
export async function bookOf(ctx: Ctx, sellerId: string | undefined): Promise<Seller> {
  if (ctx.actor.kind !== 'staff') refuse('seller-not-found');
  const seller = await findSeller(ctx, sellerId ?? ctx.actor.sellerId);
  if (!seller || !isWithin(seller, ctx.actor.sellerId)) refuse('seller-not-found');
  return seller;
}

/** Both days belong to the span, as accountants name one. Refuses `range-invalid`. */
export function spanOf(
  { zone }: Pick<Seller, 'zone'>,
  range: { from: string; through: string },
): Span {
  const start = Temporal.PlainDate.from(range.from);
  const end = Temporal.PlainDate.from(range.through).add({ days: 1 });
  if (!isBefore(start, end) || isBefore(start.add({ years: YEARS_MAX }), end)) {
    refuse('range-invalid', { field: 'from' });
  }
  return { start, end, startAt: startOfDay(start, zone), endAt: startOfDay(end, zone) };
}
