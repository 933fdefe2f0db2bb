import { describe, expect, it } from 'vitest';
import { quoteAddOn, quotePackage, quoteRenewal } from '#domains/billing/index.ts';
import type { Quote, QuoteTax } from '#domains/billing/index.ts';
import type { Renewable } from '#domains/billing/quote-renewal.ts';
import {
  catalogueOf,
  date,
  edition,
  growPrice,
  whmcsIs,
  whmcsPrice,
} from '#domains/catalog/fixtures.ts';
import { everythingNoticed, nothingNoticed } from '#domains/catalog/index.ts';
import type { Edition, Noticed } from '#domains/catalog/index.ts';
import { nextPosition } from '#domains/subscriptions/index.ts';
import { firstPosition } from '#domains/subscriptions/period.ts';

const vat20: QuoteTax = { place: 'RU', rateBp: 2000, reason: null, included: true };
const first = edition(1, '2020-01-01', {
  prices: [growPrice(1_500_00), whmcsPrice(500_00)],
  inclusions: [whmcsIs('included')],
});
/** The announcement: from 3 April 2023 the licence is an add-on for 800.00 a month. */
const decoupling = edition(2, '2023-04-03', {
  existingOn: '2023-04-03',
  prices: [whmcsPrice(800_00)],
  inclusions: [whmcsIs('addon')],
});

function listOf(...editions: Edition[]) {
  const list = { sellerId: 'operator', audience: 'clients', currency: 'RUB' } as const;
  return { ...list, catalogue: catalogueOf(...editions) };
}

const licence: Renewable = {
  id: 'ent_1',
  componentId: 'whmcs',
  state: 'included',
  quantity: 1,
  sinceOn: date('2022-04-03'),
  renews: true,
  endsOn: null,
};

type Ask = {
  editions?: Edition[];
  boughtOn: string;
  months: number;
  /** Which renewal: the first, the second … */
  nth?: number;
  held?: Renewable[];
  noticed?: Noticed;
};

function renewal(ask: Ask): Quote {
  let position = firstPosition(date(ask.boughtOn), ask.months);
  for (let k = 1; k < (ask.nth ?? 1); k += 1) position = nextPosition(position, ask.months);
  return quoteRenewal({
    list: listOf(...(ask.editions ?? [first, decoupling])),
    planId: 'grow',
    subscribedOn: date(ask.boughtOn),
    next: nextPosition(position, ask.months),
    entitlements: ask.held ?? [{ ...licence, sinceOn: date(ask.boughtOn) }],
    noticed: ask.noticed ?? everythingNoticed,
    tax: vat20,
  });
}

const told = (quote: Quote) =>
  quote.lines.map(({ itemId, state, totalMinor }) => `${itemId} ${state} ${totalMinor}`);

describe('a package whose boundary is', () => {
  it.each([
    ['the day before the change: the licence stays free', '2022-04-02', 'whmcs included 0'],
    ['the very day of it: it is charged', '2022-04-03', 'whmcs bought 960000'],
    ['the day after', '2022-04-04', 'whmcs bought 960000'],
  ])('%s', (_, boughtOn, line) => {
    expect(told(renewal({ boughtOn, months: 12 }))).toEqual(['grow bought 1800000', line]);
  });

  it('months after the change, of three years: free until then', () => {
    expect(told(renewal({ boughtOn: '2021-06-30', months: 36 }))[1]).toBe('whmcs bought 2880000');
  });

  it('the 29th of February, in a common year', () => {
    const quote = renewal({ boughtOn: '2020-02-29', months: 12, nth: 4 });
    expect(quote.lines[0]?.period).toEqual({ start: date('2024-02-29'), end: date('2025-02-28') });
  });
});

describe('a renewal paid', () => {
  it('early, before the change, for a period after it: by what holds on the boundary', () => {
    // Nothing in the quote knows the day of payment: the boundary of 10 April decides.
    expect(told(renewal({ boughtOn: '2022-04-10', months: 12 }))[1]).toBe('whmcs bought 960000');
  });

  it('late, in the days of grace: from the old boundary, by what held on it', () => {
    const quote = renewal({ boughtOn: '2022-03-25', months: 12 });
    expect(quote.lines[0]?.period).toEqual({ start: date('2023-03-25'), end: date('2024-03-25') });
    expect(told(quote)[1]).toBe('whmcs included 0');
  });

  it('twice ahead: each period by its own boundary', () => {
    const monthly = { boughtOn: '2023-02-15', months: 1 };
    expect([1, 2, 3].map((nth) => told(renewal({ ...monthly, nth }))[1])).toEqual([
      'whmcs included 0',
      'whmcs bought 80000',
      'whmcs bought 80000',
    ]);
  });

  it('without notice: free as before, and charged at the next boundary once told', () => {
    const ask = { boughtOn: '2022-04-10', months: 12 };
    expect(told(renewal({ ...ask, noticed: nothingNoticed }))[1]).toBe('whmcs included 0');
    expect(told(renewal({ ...ask, nth: 2 }))[1]).toBe('whmcs bought 960000');
  });
});

describe('two changes that meet on one boundary', () => {
  const dearer = edition(3, '2023-04-20', {
    existingOn: '2023-05-01',
    prices: [whmcsPrice(900_00)],
  });
  const cheaper = edition(4, '2023-04-20', {
    existingOn: '2023-05-01',
    prices: [whmcsPrice(700_00)],
  });
  const ask = { boughtOn: '2022-05-10', months: 12 };

  it.each([
    ['the later one counts', [first, decoupling, dearer], everythingNoticed, 900_00],
    [
      'of one day the later in number',
      [first, decoupling, dearer, cheaper],
      everythingNoticed,
      700_00,
    ],
    [
      'whatever order they stand in',
      [cheaper, dearer, decoupling, first],
      everythingNoticed,
      700_00,
    ],
  ])('%s', (_, editions, noticed, monthly) => {
    const line = renewal({ ...ask, editions, noticed }).lines[1];
    expect(line?.monthlyMinor).toBe(BigInt(monthly));
  });

  it('the rise was not told and the change before it was: that one counts', () => {
    const noticed: Noticed = ({ id }) => id === decoupling.id;
    const line = renewal({ ...ask, editions: [first, decoupling, dearer], noticed }).lines[1];
    expect([line?.monthlyMinor, line?.editionId]).toEqual([800_00n, 'edition-2']);
  });
});

describe('on the day of the change', () => {
  const buy = (on: string, addOns: { componentId: string; quantity: number }[] = []) =>
    quotePackage({
      list: listOf(first, decoupling),
      planId: 'grow',
      termMonths: 12,
      on: date(on),
      addOns,
      tax: vat20,
    });

  it('a new package comes without the licence, the day before with it', () => {
    expect(told(buy('2023-04-02'))).toEqual(['grow bought 1800000', 'whmcs included 0']);
    expect(told(buy('2023-04-03'))).toEqual(['grow bought 1800000']);
  });

  it('a new package is bought with the licence for its whole term', () => {
    expect(told(buy('2023-04-03', [{ componentId: 'whmcs', quantity: 1 }]))[1]).toBe(
      'whmcs bought 960000',
    );
  });

  it('who gave the licence up and buys it again the same day pays for the days that are left', () => {
    const subscription = { ...firstPosition(date('2023-01-15'), 12), planId: 'grow' };
    const again = () =>
      quoteAddOn({
        list: listOf(first, decoupling),
        subscription,
        choice: { componentId: 'whmcs', quantity: 1 },
        on: date('2023-04-03'),
        tax: vat20,
      });
    expect(again().totalMinor).toBe(7_548_49n);
    expect(again().hash).toBe(again().hash);
  });
});

describe('what was given up before the boundary', () => {
  it('is not charged and not shown', () => {
    const held = [{ ...licence, state: 'deleted' as const }];
    expect(told(renewal({ boughtOn: '2022-04-10', months: 12, held }))).toEqual([
      'grow bought 1800000',
    ]);
  });

  it('but is to stay until then, is shown for nothing', () => {
    const held = [{ ...licence, renews: false }];
    expect(told(renewal({ boughtOn: '2022-04-10', months: 12, held }))[1]).toBe('whmcs dropped 0');
  });
});
