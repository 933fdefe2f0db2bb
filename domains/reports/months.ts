import { refuse } from '#kit/refusal.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { startOfDay } from '#kit/term.ts';

/** Whole months of a seller's zone; `days` and `instants` are their m + 1 boundaries. */
export type Months = {
  names: string[];
  days: Temporal.PlainDate[];
  instants: Temporal.Instant[];
  first: Temporal.PlainDate;
  end: Temporal.PlainDate;
  firstAt: Temporal.Instant;
  endAt: Temporal.Instant;
};

const MONTHS_MAX = 36;

/** `2023-01` through `2023-12`, both belong. Refuses `range-invalid` beyond three years. */
export function monthsOf(
  { zone }: Pick<Seller, 'zone'>,
  range: { from: string; through: string },
): Months {
  const first = Temporal.PlainYearMonth.from(range.from).toPlainDate({ day: 1 });
  const last = Temporal.PlainYearMonth.from(range.through).toPlainDate({ day: 1 });
  const count = (last.year - first.year) * 12 + last.month - first.month + 1;
  if (count < 1 || count > MONTHS_MAX) refuse('range-invalid', { field: 'from' });
  const days = Array.from({ length: count + 1 }, (_, k) => first.add({ months: k }));
  const instants = days.map((day) => startOfDay(day, zone));
  const end = first.add({ months: count });
  return {
    names: days.slice(0, -1).map((day) => day.toString().slice(0, 7)),
    days,
    instants,
    first,
    end,
    firstAt: startOfDay(first, zone),
    endAt: startOfDay(end, zone),
  };
}
