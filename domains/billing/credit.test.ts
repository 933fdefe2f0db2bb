import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysBetween, periodAt } from '#kit/term.ts';
import { RUNS } from '#test/harness/runs.ts';
import { creditFor } from './credit.ts';
import type { CreditableLine } from './credit.ts';
import { sliceOn } from './proration.ts';
import type { ProrationBasis } from './proration.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const NONE = { daysMinor: 0n };

type Sale = {
  price: bigint;
  months: number;
  boughtAfter: number;
  discount: bigint;
  refundable: boolean;
  basis: ProrationBasis;
};

/** A line as a purchase `boughtAfter` days into the period makes it. */
function lineOf({ price, months, boughtAfter, discount, refundable, basis }: Sale): CreditableLine {
  const anchorOn = day('2023-01-31');
  const within = periodAt(anchorOn, months, 0);
  const days = daysBetween(within.start, within.end);
  const start = within.start.add({ days: boughtAfter % days });
  const proration = { basis, anchorOn, within };
  const listMinor = sliceOn(price, proration, { start, end: within.end });
  const discountMinor = discount < listMinor ? discount : listMinor;
  return {
    period: { start, end: within.end },
    proration,
    termMinor: price,
    discountMinor,
    amountMinor: listMinor - discountMinor,
    refundable,
  };
}

const sale = fc.record({
  price: fc.bigInt(0n, 10n ** 12n),
  months: fc.constantFrom(1, 3, 6, 12, 24, 36),
  boughtAfter: fc.nat(1100),
  discount: fc.oneof(fc.constant(0n), fc.bigInt(0n, 10n ** 9n)),
  refundable: fc.constant(true),
  basis: fc.constantFrom<ProrationBasis>('term-days', 'whole-months-then-days'),
});

const year = lineOf({
  price: 9_600_00n,
  months: 12,
  boughtAfter: 0,
  discount: 0n,
  refundable: true,
  basis: 'term-days',
});

describe('a credit', () => {
  it('is the unused slice of the original line, not of today’s price', () => {
    expect(creditFor(year, day('2023-04-19'), NONE)).toBe(7_548_49n);
  });

  it('is never more than what is left after earlier ones', () => {
    const putRight = { daysMinor: 0n, otherMinor: 9_000_00n };
    expect(creditFor(year, day('2023-04-19'), putRight)).toBe(600_00n);
    expect(creditFor(year, day('2023-04-19'), { daysMinor: 9_600_00n })).toBe(0n);
  });

  it('gives no day back twice, but those before the days given back', () => {
    const fromMay = { daysMinor: creditFor(year, day('2023-05-01'), NONE) };
    expect(creditFor(year, day('2023-05-01'), fromMay)).toBe(0n);
    expect(creditFor(year, day('2023-08-01'), fromMay)).toBe(0n);
    const april = creditFor(year, day('2023-04-19'), fromMay);
    expect(april + fromMay.daysMinor).toBe(7_548_49n);
  });

  it('is nothing for what is not refundable, even on the day of purchase', () => {
    expect(creditFor({ ...year, refundable: false }, day('2023-01-31'), NONE)).toBe(0n);
  });

  it('within the days of full refund is the whole line, and then only what is unused', () => {
    const until = day('2023-03-02');
    expect(creditFor(year, day('2023-03-01'), NONE, until)).toBe(9_600_00n);
    expect(creditFor(year, day('2023-03-02'), NONE, until)).toBe(8_810_96n);
  });

  it('is nothing after the period and all of it before', () => {
    expect(creditFor(year, day('2024-01-31'), NONE)).toBe(0n);
    expect(creditFor(year, day('2023-01-01'), NONE)).toBe(9_600_00n);
  });
});

describe('P3: bought and removed on the same day', () => {
  it('nets to nothing when it is refundable, to the charge when it is not', () => {
    fc.assert(
      fc.property(sale, fc.boolean(), (of, refundable) => {
        const line = lineOf({ ...of, refundable });
        const credit = creditFor(line, line.period.start, NONE);
        expect(line.amountMinor - credit).toBe(refundable ? 0n : line.amountMinor);
      }),
      RUNS,
    );
  });
});

describe('P11: the credits of a line', () => {
  it('are together what the earliest of their days alone would give, in whatever order', () => {
    const removals = fc.array(fc.tuple(fc.nat(1200), fc.boolean()), { maxLength: 8 });
    fc.assert(
      fc.property(sale, removals, (of, tries) => {
        const line = lineOf(of);
        let daysMinor = 0n;
        let most = 0n;
        for (const [after, full] of tries) {
          const on = line.period.start.add({ days: after });
          const fullUntilOn = full ? on.add({ days: 1 }) : null;
          const alone = creditFor(line, on, NONE, fullUntilOn);
          if (alone > most) most = alone;
          daysMinor += creditFor(line, on, { daysMinor }, fullUntilOn);
          expect(daysMinor).toBe(most);
        }
        expect(daysMinor <= line.amountMinor).toBe(true);
      }),
      RUNS,
    );
  });

  it('never sum to more than it, when other money went back too', () => {
    fc.assert(
      fc.property(sale, fc.nat(1200), fc.bigInt(0n, 10n ** 12n), (of, after, otherMinor) => {
        const line = lineOf(of);
        const on = line.period.start.add({ days: after });
        const credit = creditFor(line, on, { daysMinor: 0n, otherMinor });
        const left = line.amountMinor - otherMinor;
        expect(credit >= 0n && credit <= (left > 0n ? left : 0n)).toBe(true);
      }),
      RUNS,
    );
  });

  it('of an undiscounted line equal what the same days were charged', () => {
    fc.assert(
      fc.property(sale, fc.nat(1100), (of, after) => {
        const line = lineOf({ ...of, discount: 0n });
        const days = daysBetween(line.period.start, line.period.end);
        const removedOn = line.period.start.add({ days: after % days });
        const charged = sliceOn(line.termMinor, line.proration, {
          start: removedOn,
          end: line.period.end,
        });
        expect(creditFor(line, removedOn, NONE)).toBe(charged);
      }),
      RUNS,
    );
  });
});
