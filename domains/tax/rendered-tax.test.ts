import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderedTaxDifference } from './rendered-tax.ts';
import type { TaxedLine } from './rendered-tax.ts';
import type { TaxRate } from './tax-terms.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const span = (start: string, end: string) => ({ start: day(start), end: day(end) });

const RUSSIA: TaxRate[] = [
  {
    place: 'RU',
    rateBp: 2000,
    effectiveFrom: day('2019-01-01'),
    effectiveUntil: day('2026-01-01'),
  },
  { place: 'RU', rateBp: 2200, effectiveFrom: day('2026-01-01'), effectiveUntil: null },
];

/** 12 000.00 for a year with 20 % VAT inside: 2 000.00 of tax. */
const YEAR: TaxedLine = {
  period: span('2025-07-01', '2026-07-01'),
  netMinor: 10_000_00n,
  taxMinor: 2_000_00n,
  rateBp: 2000,
  included: true,
  place: 'RU',
};

describe('a service paid for in 2025 and rendered on both sides of New Year', () => {
  it('owes nothing more for what is rendered in 2025', () => {
    expect(renderedTaxDifference(YEAR, span('2025-07-01', '2026-01-01'), RUSSIA)).toBe(0n);
  });

  it('owes 22/122 instead of 20/120 of the price of the days from 1 January 2026', () => {
    // 181 of 365 days: 12 000.00 × 181/365 = 5 950.68; × 22/122 = 1 073.07;
    // charged 2 000.00 × 181/365 = 991.78.
    expect(renderedTaxDifference(YEAR, span('2026-01-01', '2026-07-01'), RUSSIA)).toBe(81_29n);
  });

  it('is the same whether asked for the whole period or for the days that differ', () => {
    expect(renderedTaxDifference(YEAR, YEAR.period, RUSSIA)).toBe(81_29n);
  });

  it('priced without tax owes 2 % more of the net price of those days', () => {
    // 10 000.00 × 181/365 = 4 958.90; × 22 % = 1 090.96; charged 991.78.
    const onTop = { ...YEAR, included: false };
    expect(renderedTaxDifference(onTop, span('2026-01-01', '2026-07-01'), RUSSIA)).toBe(99_18n);
  });

  it('wholly rendered after New Year owes the difference on all of it', () => {
    const january = { ...YEAR, period: span('2026-01-10', '2026-02-10') };
    // 12 000.00 × 22/122 = 2 163.93.
    expect(renderedTaxDifference(january, january.period, RUSSIA)).toBe(163_93n);
  });

  it('that bore no tax owes none: a buyer abroad, an exemption', () => {
    const free = { ...YEAR, rateBp: 0, netMinor: 12_000_00n, taxMinor: 0n };
    expect(renderedTaxDifference(free, free.period, RUSSIA)).toBe(0n);
  });

  it('charged at 22 % in 2026 owes nothing more', () => {
    const later = { ...YEAR, period: span('2026-02-01', '2027-02-01'), rateBp: 2200 };
    expect(renderedTaxDifference(later, later.period, RUSSIA)).toBe(0n);
  });

  it('by months sums to the whole within a kopeck a month', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 9n), (gross) => {
        const tax = (gross * 20n) / 120n;
        const line = { ...YEAR, netMinor: gross - tax, taxMinor: tax };
        let months = 0n;
        for (let month = 1; month <= 6; month += 1) {
          const start = day(`2026-0${month}-01`);
          const part = { start, end: start.add({ months: 1 }) };
          months += renderedTaxDifference(line, part, RUSSIA);
        }
        const whole = renderedTaxDifference(line, line.period, RUSSIA);
        const apart = months - whole;
        expect(apart <= 6n && apart >= -6n).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
