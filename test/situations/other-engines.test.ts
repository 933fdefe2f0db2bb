import { describe, expect, it } from 'vitest';
import { rateCase } from '#domains/billing/rate-case.ts';

type Slice = [
  what: string,
  priceMinor: number,
  period: [start: string, end: string],
  days: [from: string, to: string],
  amountMinor: number,
];

function sliceOf(priceMinor: number, period: Slice[2], days: Slice[3]): unknown {
  const [periodStart, periodEnd] = period;
  const [from, to] = days;
  return rateCase({ kind: 'slice', priceMinor, periodStart, periodEnd, from, to });
}

/**
 * Figures that other engines publish, in their documentation or in their own tests. Where they
 * count seconds, the change falls on midnight UTC, so that days say the same.
 */
describe('as Stripe has it', () => {
  // docs.stripe.com/billing/subscriptions/prorations: from 10 USD to 20 USD halfway.
  const june: Slice[2] = ['2025-06-01', '2025-07-01'];
  it.each<Slice>([
    ['−5 USD for unused time', 10_00, june, ['2025-06-16', '2025-07-01'], 5_00],
    ['+10 USD for the time that remains', 20_00, june, ['2025-06-16', '2025-07-01'], 10_00],
  ])('%s', (_, price, period, days, amountMinor) => {
    expect(sliceOf(price, period, days)).toEqual({ amountMinor });
  });

  // docs.stripe.com/billing/subscriptions/billing-cycle: an anchor on the 31st.
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2026-01-31', 3, '2026-04-30'],
    ['2026-01-31', 4, '2026-05-31'],
  ])('anchored on %s, boundary %i is %s', (anchorOn, k, on) => {
    expect(rateCase({ kind: 'boundary', anchorOn, termMonths: 1, k })).toEqual({ on });
  });
});

describe('as Polar has it', () => {
  // server/tests/subscription/test_service_prorations.py, test_upgrade_base_cases.
  const june: Slice[2] = ['2025-06-01', '2025-07-01'];
  const february: Slice[2] = ['2024-02-18', '2024-03-18'];
  const august: Slice[2] = ['2024-08-01', '2025-08-01'];
  const leap: Slice[2] = ['2024-02-18', '2025-02-18'];
  const common: Slice[2] = ['2023-02-18', '2024-02-18'];
  const year: Slice[2] = ['2025-06-01', '2026-06-01'];
  it.each<Slice>([
    ['middle of June, old plan', 100_00, june, ['2025-06-16', june[1]], 50_00],
    ['middle of June, new plan', 300_00, june, ['2025-06-16', june[1]], 150_00],
    ['a third of June, old plan', 100_00, june, ['2025-06-11', june[1]], 66_67],
    ['a third of June, new plan', 300_00, june, ['2025-06-11', june[1]], 200_00],
    ['29 days over a leap day, old plan', 100_00, february, ['2024-02-25', february[1]], 75_86],
    ['29 days over a leap day, new plan', 300_00, february, ['2024-02-25', february[1]], 227_59],
    ['two months into a year, old plan', 1000_00, august, ['2024-10-01', august[1]], 832_88],
    ['two months into a year, new plan', 3000_00, august, ['2024-10-01', august[1]], 2498_63],
    ['200 of 366 days gone, old plan', 1000_00, leap, ['2024-09-05', leap[1]], 453_55],
    ['200 of 366 days gone, new plan', 3000_00, leap, ['2024-09-05', leap[1]], 1360_66],
    ['199 of 365 days gone, old plan', 1000_00, common, ['2023-09-05', common[1]], 454_79],
    ['199 of 365 days gone, new plan', 3000_00, common, ['2023-09-05', common[1]], 1364_38],
    ['a fifth of a year gone', 1000_00, year, ['2025-08-13', year[1]], 800_00],
    ['a sixth of a leap year gone', 1000_00, leap, ['2024-04-19', leap[1]], 833_33],
  ])('%s', (_, price, period, days, amountMinor) => {
    expect(sliceOf(price, period, days)).toEqual({ amountMinor });
  });
});

describe('as Lago has it', () => {
  // getlago.com/docs/guide/subscriptions/upgrades-downgrades: 14/31 × €100.
  it('14 days of January at 100.00 are 45.16', () => {
    const january: Slice[2] = ['2025-01-01', '2025-02-01'];
    expect(sliceOf(100_00, january, ['2025-01-01', '2025-01-15'])).toEqual({ amountMinor: 45_16 });
  });
});

describe('as Kill Bill has it', () => {
  // invoice/src/test/java/…/proRations/inAdvance: shares of a period, here of 1 000 000 000.
  const one = 1_000_000_000;
  it.each<Slice>([
    [
      'annual/TestProRation, PrecedingProRation: 349/365',
      one,
      ['2011-01-15', '2012-01-15'],
      ['2011-01-31', '2012-01-15'],
      956_164_384,
    ],
    [
      'annual/TestProRation, CrossingYearBoundary: 354/365',
      one,
      ['2010-12-04', '2011-12-04'],
      ['2010-12-15', '2011-12-04'],
      969_863_014,
    ],
    [
      'monthly/TestTrailingProRation: 8/31',
      one,
      ['2010-07-17', '2010-08-17'],
      ['2010-07-17', '2010-07-25'],
      258_064_516,
    ],
    // Half up: 74.985 is 74.99 and not, by halves to even, 74.98.
    [
      'half of 149.97 goes up',
      149_97,
      ['2023-06-01', '2023-07-01'],
      ['2023-06-16', '2023-07-01'],
      74_99,
    ],
    [
      '25 of 30 days of 500.00',
      500_00,
      ['2023-08-31', '2023-09-30'],
      ['2023-09-05', '2023-09-30'],
      416_67,
    ],
  ])('%s', (_, price, period, days, amountMinor) => {
    expect(sliceOf(price, period, days)).toEqual({ amountMinor });
  });

  // It divides by the days before the boundary, 31, though the period from 31 August has 30.
  it.each<Slice>([
    ['not 322.58', 500_00, ['2023-08-31', '2023-09-30'], ['2023-09-10', '2023-09-30'], 333_33],
    ['not 7.18', 7_95, ['2012-08-31', '2012-09-30'], ['2012-09-02', '2012-09-30'], 7_42],
  ])('save where its period is not the real one: %s', (_, price, period, days, amountMinor) => {
    expect(sliceOf(price, period, days)).toEqual({ amountMinor });
  });

  // Its issue 2297: of two versions aligned to one instant it keeps the oldest.
  it('save where two versions meet on one boundary: the newest counts', () => {
    const version = (id: string, effectiveOn: string, monthlyMinor: number) => ({
      id,
      effectiveOn,
      existingFrom: '2023-05-10',
      monthlyMinor,
    });
    const versions = [
      { ...version('v1', '2020-01-01', 10_00), existingFrom: null },
      version('v2', '2023-04-01', 12_00),
      version('v3', '2023-04-15', 15_00),
    ];
    const asked = {
      kind: 'renewal',
      versions,
      subscribedOn: '2023-01-10',
      boundaryOn: '2023-05-10',
    };
    expect(rateCase(asked)).toEqual({ versionId: 'v3', amountMinor: 15_00 });
  });
});

describe('as Flexprice has it', () => {
  // Its cap: what is left of the original line after the credits that were given before.
  it.each([
    [0, 50_00],
    [30_00, 50_00],
    [60_00, 40_00],
    [100_00, 0],
    [120_00, 0],
  ])('half a month of 100.00 after credits of %i: %i', (creditedMinor, amountMinor) => {
    const asked = {
      kind: 'credit',
      priceMinor: 100_00,
      periodStart: '2025-06-01',
      periodEnd: '2025-07-01',
      removedOn: '2025-06-16',
      creditedMinor,
    };
    expect(rateCase(asked)).toEqual({ amountMinor });
  });
});

describe('as Zuora has it', () => {
  // "By month first": whole months, then the days of the month that is left.
  it('a year of 800.00 from 15 January, bought on 3 April: nine months and twelve days', () => {
    const asked = {
      kind: 'slice',
      priceMinor: 9_600_00,
      periodStart: '2023-01-15',
      periodEnd: '2024-01-15',
      from: '2023-04-03',
      basis: 'whole-months-then-days',
    };
    expect(rateCase(asked)).toEqual({ amountMinor: 7_509_68 });
  });
});
