import { describe, expect, it } from 'vitest';
import { rateCase } from '#domains/billing/rate-case.ts';
import { daysBetween, localDate, startOfDay } from '#kit/term.ts';

describe('a package bought at the end of a month', () => {
  it.each([
    // anchor, term, the boundaries 1, 2, 3 …
    ['2023-01-31', 1, ['2023-02-28', '2023-03-31', '2023-04-30', '2023-05-31']],
    ['2024-01-31', 1, ['2024-02-29', '2024-03-31', '2024-04-30']],
    ['2023-01-30', 1, ['2023-02-28', '2023-03-30']],
    ['2023-01-29', 1, ['2023-02-28', '2023-03-29']],
    ['2023-02-28', 1, ['2023-03-28', '2023-04-28']],
    ['2023-08-31', 6, ['2024-02-29', '2024-08-31', '2025-02-28']],
    ['2023-11-30', 3, ['2024-02-29', '2024-05-30', '2024-08-30']],
    ['2024-02-29', 12, ['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']],
    ['2024-02-29', 24, ['2026-02-28', '2028-02-29']],
    ['2024-02-29', 36, ['2027-02-28', '2030-02-28', '2033-02-28', '2036-02-29']],
    ['2096-02-29', 12, ['2097-02-28', '2098-02-28', '2099-02-28', '2100-02-28', '2101-02-28']],
    ['2023-12-31', 1, ['2024-01-31', '2024-02-29']],
  ])('on %s for %i months comes back to its day', (anchorOn, termMonths, boundaries) => {
    const asked = boundaries.map((_, index) =>
      rateCase({ kind: 'boundary', anchorOn, termMonths, k: index + 1 }),
    );
    expect(asked).toEqual(boundaries.map((on) => ({ on })));
  });
});

describe('a period of an odd length', () => {
  it.each([
    // [what, price, start, end, from, amount]
    ['February of 28 days, half', 80_000, '2023-02-01', '2023-03-01', '2023-02-15', 40_000],
    [
      'February of 29 days, from the 15th',
      80_000,
      '2024-02-01',
      '2024-03-01',
      '2024-02-15',
      41_379,
    ],
    [
      'a year with a leap day, its last day',
      366_00,
      '2023-06-01',
      '2024-06-01',
      '2024-05-31',
      1_00,
    ],
    ['a year without one, its last day', 365_00, '2022-06-01', '2023-06-01', '2023-05-31', 1_00],
    ['three years with one leap day', 1_096_00, '2023-01-01', '2026-01-01', '2025-12-31', 1_00],
    ['31 January to 28 February: 28 days', 28_00, '2023-01-31', '2023-02-28', '2023-02-27', 1_00],
    ['28 February to 31 March: 31 days', 31_00, '2023-02-28', '2023-03-31', '2023-03-30', 1_00],
    ['one day', 7, '2023-02-28', '2023-03-01', '2023-02-28', 7],
    ['its first day is the whole of it', 80_000, '2023-06-01', '2023-07-01', '2023-06-01', 80_000],
    ['its end is nothing of it', 80_000, '2023-06-01', '2023-07-01', '2023-07-01', 0],
  ])('%s', (_, priceMinor, periodStart, periodEnd, from, amountMinor) => {
    expect(rateCase({ kind: 'slice', priceMinor, periodStart, periodEnd, from })).toEqual({
      amountMinor,
    });
  });

  it('bought and given back day by day, 100.00 over 31 days is 100.00', () => {
    const day = (text: string) => Temporal.PlainDate.from(text);
    const amounts = Array.from({ length: 31 }, (_, index) => {
      const from = day('2023-03-01').add({ days: index });
      const asked = {
        kind: 'slice',
        priceMinor: 100_00,
        periodStart: '2023-03-01',
        periodEnd: '2023-04-01',
        from: from.toString(),
        to: from.add({ days: 1 }).toString(),
      };
      return (rateCase(asked) as { amountMinor: number }).amountMinor;
    });
    expect(amounts.reduce((sum, minor) => sum + minor, 0)).toBe(100_00);
    // Rounded one by one they would be 31 × 3.23 = 100.13.
    expect(new Set(amounts)).toEqual(new Set([3_22, 3_23]));
  });
});

describe('the day on which something happens', () => {
  it.each([
    // The same moment in the shop's own zone.
    ['2023-04-02T20:59:59Z', 'Europe/Moscow', '2023-04-02'],
    ['2023-04-02T21:00:00Z', 'Europe/Moscow', '2023-04-03'],
    ['2023-04-02T21:00:00Z', 'Europe/London', '2023-04-02'],
    ['2023-04-02T21:00:00Z', 'Asia/Vladivostok', '2023-04-03'],
    ['2023-12-31T21:30:00Z', 'Europe/Moscow', '2024-01-01'],
    ['2023-12-31T21:30:00Z', 'America/New_York', '2023-12-31'],
    // Samoa went from the 29th to the 31st of December 2011.
    ['2011-12-30T09:59:59Z', 'Pacific/Apia', '2011-12-29'],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31'],
    // Russia went from UTC+4 to UTC+3 on 26 October 2014.
    ['2014-10-25T20:00:00Z', 'Europe/Moscow', '2014-10-26'],
    ['2014-10-26T20:59:59Z', 'Europe/Moscow', '2014-10-26'],
  ])('at %s in %s is %s', (instant, zone, on) => {
    expect(localDate(Temporal.Instant.from(instant), zone).toString()).toBe(on);
  });

  it.each([
    // Days of 23 and 25 hours are days; where midnight is skipped the day begins at one.
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z', 23],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00Z', 25],
    ['2023-04-03', 'Europe/Moscow', '2023-04-02T21:00:00Z', 24],
    ['2023-09-03', 'America/Santiago', '2023-09-03T04:00:00Z', 23],
  ])('%s in %s begins at %s and has %i hours', (text, zone, begins, hours) => {
    const on = Temporal.PlainDate.from(text);
    const from = startOfDay(on, zone);
    const to = startOfDay(on.add({ days: 1 }), zone);
    expect(from.toString()).toBe(begins);
    expect(from.until(to, { largestUnit: 'hour' }).hours).toBe(hours);
    expect(daysBetween(on, on.add({ days: 1 }))).toBe(1);
  });
});
