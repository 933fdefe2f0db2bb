import { describe, expect, it } from 'vitest';
import { quoteAddOn, quotePackage, quoteRenewal } from '#domains/billing/index.ts';
import type { Quote, QuoteTax } from '#domains/billing/index.ts';
import {
  catalogueOf,
  date,
  edition,
  growPrice,
  whmcsIs,
  whmcsPrice,
} from '#domains/catalog/fixtures.ts';
import { everythingNoticed } from '#domains/catalog/index.ts';
import { nextPosition } from '#domains/subscriptions/index.ts';
import { firstPaid } from '#domains/subscriptions/period.ts';
import { nextBillingDay } from '#kit/term.ts';

/** 1 500.00 a month for the package, 800.00 for the licence, 20 % inside. */
const tax: QuoteTax = { place: 'RU', rateBp: 2000, reason: null, included: true };
const list = {
  ...({ sellerId: 'operator', audience: 'clients', currency: 'RUB' } as const),
  catalogue: catalogueOf(
    edition(1, '2020-01-01', {
      prices: [growPrice(1_500_00), whmcsPrice(800_00)],
      inclusions: [whmcsIs('addon')],
    }),
  ),
};

type Ask = { on: string; months: number; day: number; andWholeTerm?: boolean };

const startOf = ({ on, day, andWholeTerm = false }: Ask) => ({
  anchorOn: nextBillingDay(date(on), day),
  andWholeTerm,
});

function purchase(ask: Ask, addOns: { componentId: string; quantity: number }[] = []): Quote {
  const { on, months: termMonths } = ask;
  const bought = { planId: 'grow', termMonths, on: date(on), start: startOf(ask), addOns };
  return quotePackage({ list, tax, ...bought });
}

const told = (quote: Quote): string[] =>
  quote.lines.map(
    ({ itemId, period, totalMinor }) => `${itemId} ${period.start}…${period.end} ${totalMinor}`,
  );

describe('a package of a brand with a billing day', () => {
  it.each([
    // 17 of the 366 days from 1 May 2023 to 1 May 2024: 18 000.00 × 17/366 = 836.07.
    ['a year', { on: '2024-04-14', months: 12, day: 1 }, '2024-04-14…2024-05-01 83607'],
    // 17 of the 30 days of April: 1 500.00 × 17/30 = 850.00.
    ['a month', { on: '2024-04-14', months: 1, day: 1 }, '2024-04-14…2024-05-01 85000'],
    // One day of the 31 from 1 January: 1 500.00 / 31 = 48.39.
    ['a last day', { on: '2024-01-31', months: 1, day: 1 }, '2024-01-31…2024-02-01 4839'],
    // 28 of the 29 days from 28 January to 28 February, a day after it was.
    ['a long way', { on: '2023-01-29', months: 1, day: 28 }, '2023-01-29…2023-02-28 145161'],
    [
      'the day itself: a whole term',
      { on: '2024-05-01', months: 1, day: 1 },
      '2024-05-01…2024-06-01 150000',
    ],
  ])('is charged up to that day as part of the term that ends there: %s', (_, ask, line) => {
    expect(told(purchase(ask))).toEqual([`grow ${line}`]);
  });

  it('is charged the term after it, too, where too few days are left, and its add-ons with it', () => {
    const ask = { on: '2024-04-29', months: 12, day: 1, andWholeTerm: true };
    expect(told(purchase(ask, [{ componentId: 'whmcs', quantity: 1 }]))).toEqual([
      // 18 000.00 × 2/366 and 9 600.00 × 2/366.
      'grow 2024-04-29…2024-05-01 9836',
      'grow 2024-05-01…2025-05-01 1800000',
      'whmcs 2024-04-29…2024-05-01 5246',
      'whmcs 2024-05-01…2025-05-01 960000',
    ]);
  });

  it('renews from that day on, whatever the month, and for another term from it as well', () => {
    const ask = { on: '2023-01-31', months: 1, day: 28 };
    const { position } = firstPaid(date(ask.on), ask.months, startOf(ask));
    const ends: string[] = [];
    let at = position;
    for (let n = 0; n < 4; n += 1) {
      ends.push(at.period.end.toString());
      at = nextPosition(at, 1);
    }
    expect(ends).toEqual(['2023-02-28', '2023-03-28', '2023-04-28', '2023-05-28']);
    expect(nextPosition(position, 12).period.end.toString()).toBe('2024-02-28');
  });

  it('has add-ons to that day by the days of the term that ends there', () => {
    const ask = { on: '2024-04-14', months: 12, day: 1 };
    const { position } = firstPaid(date(ask.on), ask.months, startOf(ask));
    const bought = {
      subscription: { ...position, planId: 'grow' },
      choice: { componentId: 'whmcs', quantity: 1 },
    };
    // Ten of 366 days: 9 600.00 × 10/366 = 262.30.
    expect(told(quoteAddOn({ list, tax, ...bought, on: date('2024-04-21') }))).toEqual([
      'whmcs 2024-04-21…2024-05-01 26230',
    ]);
    // Bought with the package it costs what it costs on the same day beside it.
    const beside = quoteAddOn({ list, tax, ...bought, on: date(ask.on) }).totalMinor;
    const [, within] = purchase(ask, [bought.choice]).lines;
    expect(within?.totalMinor).toBe(beside);
  });

  it('renews for a whole term at the price of a whole term', () => {
    const ask = { on: '2024-04-14', months: 12, day: 1 };
    const { position } = firstPaid(date(ask.on), ask.months, startOf(ask));
    const renewal = quoteRenewal({
      ...{ list, tax, planId: 'grow', subscribedOn: date(ask.on), entitlements: [] },
      ...{ next: nextPosition(position, 12), noticed: everythingNoticed },
    });
    expect(told(renewal)).toEqual(['grow 2024-05-01…2025-05-01 1800000']);
  });
});
