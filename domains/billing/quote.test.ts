import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everythingNoticed, nothingNoticed } from '#domains/catalog/index.ts';
import type { Catalogue } from '#domains/catalog/index.ts';
import {
  catalogueOf,
  date,
  edition,
  growPrice,
  whmcsIs,
  whmcsPrice,
} from '#domains/catalog/fixtures.ts';
import { periodAt } from '#kit/term.ts';
import { RUNS } from '#test/harness/runs.ts';
import { chainMargins } from './chain-margins.ts';
import type { PriceList } from './priced-line.ts';
import { quoteAddOn } from './quote-add-on.ts';
import { quotePackage } from './quote-package.ts';
import type { PackageAsk } from './quote-package.ts';
import { quoteRenewal } from './quote-renewal.ts';
import type { Renewable, RenewalAsk } from './quote-renewal.ts';
import type { Quote, QuoteTax } from './quote.ts';

const vat20: QuoteTax = { place: 'RU', rateBp: 2000, reason: null, included: true };
const untaxed: QuoteTax = { place: 'RU', rateBp: 0, reason: 'buyer-abroad', included: true };

/** WHMCS is part of the plan, and costs 800.00 a month from 3 April 2023. */
const decoupled = catalogueOf(
  edition(1, '2022-01-01', { prices: [growPrice(1_500_00)], inclusions: [whmcsIs('included')] }),
  edition(2, '2023-04-03', {
    existingOn: '2023-04-03',
    prices: [whmcsPrice(800_00)],
    inclusions: [whmcsIs('addon')],
  }),
);

function listOf(catalogue: Catalogue): PriceList {
  return { catalogue, sellerId: 'operator', audience: 'clients', currency: 'RUB' };
}

function ask(over: Partial<PackageAsk> = {}): PackageAsk {
  const list = listOf(decoupled);
  return {
    list,
    planId: 'grow',
    termMonths: 12,
    on: date('2023-05-01'),
    addOns: [],
    tax: vat20,
    ...over,
  };
}

const withLicence = { addOns: [{ componentId: 'whmcs', quantity: 1 }] };
const amounts = (quote: Quote) => quote.lines.map((line) => line.totalMinor);

describe('a new package', () => {
  it('before the change has the licence in it, for nothing', () => {
    const quote = quotePackage(ask({ on: date('2023-04-02') }));
    expect(quote.lines.map(({ itemId, state }) => [itemId, state])).toEqual([
      ['grow', 'bought'],
      ['whmcs', 'included'],
    ]);
    expect(quote.totalMinor).toBe(18_000_00n);
  });

  it('after it does not, and the licence may be bought for the whole term', () => {
    expect(quotePackage(ask()).lines).toHaveLength(1);
    expect(amounts(quotePackage(ask(withLicence)))).toEqual([18_000_00n, 9_600_00n]);
  });

  it('says which part of the price is tax, and line by line it adds up', () => {
    const quote = quotePackage(ask(withLicence));
    expect(quote).toMatchObject({
      netMinor: 23_000_00n,
      taxMinor: 4_600_00n,
      totalMinor: 27_600_00n,
    });
    const onTop = quotePackage(ask({ ...withLicence, tax: { ...vat20, included: false } }));
    expect(onTop).toMatchObject({
      netMinor: 27_600_00n,
      taxMinor: 5_520_00n,
      totalMinor: 33_120_00n,
    });
  });

  it('costs a buyer abroad the price of the list', () => {
    expect(quotePackage(ask({ tax: untaxed }))).toMatchObject({
      netMinor: 18_000_00n,
      taxMinor: 0n,
    });
  });

  it.each([
    ['an unknown plan', { planId: 'huge' }, 'plan-not-found'],
    ['a plan before it was ever priced', { on: date('2021-12-31') }, 'plan-not-sold'],
    [
      'an unknown component',
      { addOns: [{ componentId: 'x', quantity: 1 }] },
      'component-not-found',
    ],
    ['no pieces', { addOns: [{ componentId: 'whmcs', quantity: 0 }] }, 'quantity-invalid'],
    ['fewer than none', { addOns: [{ componentId: 'whmcs', quantity: -1 }] }, 'quantity-invalid'],
    ['half a piece', { addOns: [{ componentId: 'whmcs', quantity: 0.5 }] }, 'quantity-invalid'],
    ['too many', { addOns: [{ componentId: 'whmcs', quantity: 2 }] }, 'quantity-too-large'],
    [
      'one thing twice',
      { addOns: [...withLicence.addOns, ...withLicence.addOns] },
      'component-chosen-twice',
    ],
    [
      'what the plan includes',
      { ...withLicence, on: date('2023-04-02') },
      'component-already-included',
    ],
  ])('is refused with %s', (_, over, code) => {
    expect(() => quotePackage(ask(over))).toThrow(code);
  });
});

describe('a discount', () => {
  const off = (discount: PackageAsk['discount']) => quotePackage(ask({ ...withLicence, discount }));

  it('by percent reduces the package alone, or every line', () => {
    expect(amounts(off({ code: 'TEN', off: { percentBp: 1000 }, scope: 'package' }))).toEqual([
      16_200_00n,
      9_600_00n,
    ]);
    expect(amounts(off({ code: 'TEN', off: { percentBp: 1000 }, scope: 'all' }))).toEqual([
      16_200_00n,
      8_640_00n,
    ]);
  });

  it('by amount is spread over the lines and never gives money back', () => {
    const some = off({ code: 'SOME', off: { amountMinor: 1_000_00n }, scope: 'all' });
    expect(some.lines.map((line) => line.discountMinor)).toEqual([652_17n, 347_83n]);
    const all = off({ code: 'ALL', off: { amountMinor: 99_999_00n }, scope: 'all' });
    expect(all.totalMinor).toBe(0n);
  });
});

describe('a licence bought in mid-term', () => {
  const subscription = {
    planId: 'grow',
    termMonths: 12,
    anchorOn: date('2023-01-15'),
    cycle: 0,
    period: periodAt(date('2023-01-15'), 12, 0),
  };
  const choice = { componentId: 'whmcs', quantity: 1 };
  const buy = (on: string, over = {}) =>
    quoteAddOn({
      list: listOf(decoupled),
      subscription,
      choice,
      on: date(on),
      tax: vat20,
      ...over,
    });

  it('costs 7 548.49 on 3 April: 287 of the 365 days of the term', () => {
    const quote = buy('2023-04-03');
    expect(quote.totalMinor).toBe(7_548_49n);
    expect(quote.taxMinor).toBe(1_258_08n);
    expect(quote.lines[0]).toMatchObject({
      monthlyMinor: 800_00n,
      termMinor: 9_600_00n,
      share: { part: 287n, whole: 365n },
      refundable: false,
      period: { start: date('2023-04-03'), end: date('2024-01-15') },
    });
  });

  it('costs 7 509.68 where the policy counts whole months first', () => {
    expect(buy('2023-04-03', { basis: 'whole-months-then-days' }).totalMinor).toBe(7_509_68n);
  });

  it('on the last day costs that day, and after it cannot be bought', () => {
    expect(buy('2024-01-14').totalMinor).toBe(26_30n);
    expect(() => buy('2024-01-15')).toThrow('period-over');
  });

  it('covers what a renewal paid ahead has added, a line for each period', () => {
    const ahead = { ...subscription, cycle: 1, period: periodAt(subscription.anchorOn, 12, 1) };
    const quote = buy('2023-12-15', { subscription: ahead });
    expect(amounts(quote)).toEqual([815_34n, 9_600_00n]);
    expect(quote.lines.map((line) => line.period.start.toString())).toEqual([
      '2023-12-15',
      '2024-01-15',
    ]);
  });

  it('quantity first, then the share, once a line', () => {
    const ten = decoupled.components.map((one) => ({ ...one, quantityMax: 10 }));
    const list = listOf({ ...decoupled, components: ten });
    const quote = buy('2023-04-03', { list, choice: { ...choice, quantity: 3 } });
    // 3 × 9 600.00 × 287/365 = 22 645.479; three single ones would cost 22 645.47.
    expect(quote.totalMinor).toBe(22_645_48n);
  });
});

describe('a renewal', () => {
  const next = {
    period: periodAt(date('2023-01-15'), 12, 1),
    termMonths: 12,
    anchorOn: date('2023-01-15'),
  };
  const licence: Renewable = {
    id: 'ent_1',
    componentId: 'whmcs',
    state: 'included',
    quantity: 1,
    sinceOn: date('2023-01-15'),
    renews: true,
    endsOn: null,
  };

  function renewal(over: Partial<RenewalAsk> = {}): Quote {
    return quoteRenewal({
      list: listOf(decoupled),
      planId: 'grow',
      subscribedOn: date('2023-01-15'),
      next,
      entitlements: [licence],
      noticed: everythingNoticed,
      tax: vat20,
      ...over,
    });
  }
  const stands = (quote: Quote) =>
    quote.lines.map(({ itemId, state, totalMinor }) => [itemId, state, totalMinor]);

  it('charges package and licence together once the change reaches it', () => {
    expect(stands(renewal())).toEqual([
      ['grow', 'bought', 18_000_00n],
      ['whmcs', 'bought', 9_600_00n],
    ]);
    expect(renewal().lines[1]?.editionId).toBe('edition-2');
  });

  it('on a boundary before the change keeps the licence free', () => {
    const early = { ...next, period: periodAt(date('2022-03-01'), 12, 1) };
    const quote = renewal({ next: early, subscribedOn: date('2022-03-01') });
    expect(stands(quote)[1]).toEqual(['whmcs', 'included', 0n]);
  });

  it('without notice keeps it free too, and calls it grandfathered once it is', () => {
    const entitlements = [{ ...licence, state: 'grandfathered' as const }];
    expect(stands(renewal({ entitlements, noticed: nothingNoticed }))[1]).toEqual([
      'whmcs',
      'grandfathered',
      0n,
    ]);
  });

  it('lacks what was deleted, and shows for nothing what is dropped', () => {
    const deleted = [{ ...licence, state: 'deleted' as const }];
    expect(renewal({ entitlements: deleted }).lines).toHaveLength(1);
    expect(stands(renewal({ drop: ['ent_1'] }))[1]).toEqual(['whmcs', 'dropped', 0n]);
    const leaving = [{ ...licence, renews: false }];
    expect(stands(renewal({ entitlements: leaving }))[1]).toEqual(['whmcs', 'dropped', 0n]);
  });

  it('does not ask for what ends with the period already paid', () => {
    const ending = [{ ...licence, endsOn: next.period.start }];
    expect(renewal({ entitlements: ending }).lines).toHaveLength(1);
  });

  it('judges a licence bought later by the day it was bought on', () => {
    const unpublished = catalogueOf(
      edition(1, '2022-01-01', { prices: [growPrice(1_500_00)] }),
      edition(2, '2023-04-03', { prices: [whmcsPrice(800_00)], inclusions: [whmcsIs('addon')] }),
    );
    const bought = { ...licence, state: 'bought' as const, sinceOn: date('2023-06-01') };
    const quote = renewal({ list: listOf(unpublished), entitlements: [bought] });
    expect(stands(quote)[1]).toEqual(['whmcs', 'bought', 9_600_00n]);
  });

  it('says the same on any day it is asked, so a preview is the invoice (P6)', () => {
    expect(renewal().hash).toBe(renewal().hash);
    expect(renewal({ drop: ['ent_1'] }).hash).not.toBe(renewal().hash);
  });

  it('lists components by id, in whatever order they are handed in', () => {
    const two = [{ ...licence, id: 'ent_2' }, licence];
    expect(renewal({ entitlements: two }).lines.map((line) => line.entitlementId)).toEqual([
      null,
      'ent_1',
      'ent_2',
    ]);
    expect(renewal({ entitlements: two }).hash).toBe(
      renewal({ entitlements: two.toReversed() }).hash,
    );
  });
});

describe('whatever is quoted', () => {
  const terms = fc.constantFrom(1, 3, 6, 12, 24, 36);
  const tax = fc.record({
    place: fc.constant('RU'),
    rateBp: fc.constantFrom(0, 1000, 2000, 2200),
    reason: fc.constant(null),
    included: fc.boolean(),
  });
  const discount = fc.option(
    fc.record({
      code: fc.constant('CODE'),
      off: fc.oneof(
        fc.record({ percentBp: fc.integer({ min: 0, max: 12_000 }) }),
        fc.record({ amountMinor: fc.bigInt(0n, 10n ** 7n) }),
      ),
      scope: fc.constantFrom<'package' | 'all'>('package', 'all'),
    }),
  );
  const monthly = fc.integer({ min: 0, max: 10 ** 8 });

  const shop = (plan: number, component: number) =>
    catalogueOf(
      edition(1, '2022-01-01', {
        prices: [growPrice(plan), whmcsPrice(component)],
        inclusions: [whmcsIs('addon')],
      }),
    );

  it('sums line by line, taxes and discounts included, and nothing is negative', () => {
    fc.assert(
      fc.property(
        monthly,
        monthly,
        terms,
        tax,
        discount,
        (plan, component, termMonths, by, off) => {
          const list = listOf(shop(plan, component));
          const quote = quotePackage(
            ask({ list, ...withLicence, termMonths, tax: by, discount: off }),
          );
          const sum = (key: 'netMinor' | 'taxMinor' | 'totalMinor') =>
            quote.lines.reduce((total, line) => total + line[key], 0n);
          expect(sum('totalMinor')).toBe(quote.totalMinor);
          expect(sum('netMinor')).toBe(quote.netMinor);
          expect(sum('taxMinor')).toBe(quote.taxMinor);
          expect(quote.netMinor + quote.taxMinor).toBe(quote.totalMinor);
          for (const line of quote.lines) {
            expect(line.amountMinor).toBe(line.listMinor - line.discountMinor);
            expect(line.amountMinor >= 0n && line.netMinor >= 0n && line.taxMinor >= 0n).toBe(true);
          }
        },
      ),
      RUNS,
    );
  });

  it('P14: the margins of a chain and its root price make the price the client pays', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(0n, 10n ** 12n), { minLength: 1, maxLength: 6 }), (prices) => {
        const levels = prices.map((netMinor, level) => ({ sellerId: `level-${level}`, netMinor }));
        const margins = chainMargins(levels);
        const sum = margins.reduce((total, margin) => total + margin.netMinor, 0n);
        expect(sum).toBe(prices.at(-1));
        for (const [level, margin] of margins.slice(1).entries()) {
          const cost = levels[level]?.netMinor ?? 0n;
          expect(margin.netMinor).toBe((levels[level + 1]?.netMinor ?? 0n) - cost);
        }
      }),
      RUNS,
    );
  });

  it('P14: all levels of a chain prorate by the same days', () => {
    fc.assert(
      fc.property(monthly, monthly, fc.integer({ min: 0, max: 364 }), (cost, selling, days) => {
        const anchorOn = date('2023-01-15');
        const subscription = {
          planId: 'grow',
          termMonths: 12,
          anchorOn,
          cycle: 0,
          period: periodAt(anchorOn, 12, 0),
        };
        const level = (price: number) =>
          quoteAddOn({
            list: listOf(shop(1, price)),
            subscription,
            choice: { componentId: 'whmcs', quantity: 1 },
            on: anchorOn.add({ days }),
            tax: untaxed,
          });
        const [below, above] = [level(selling), level(cost)];
        expect(below.lines[0]?.share).toEqual(above.lines[0]?.share);
        if (selling >= cost) expect(below.totalMinor >= above.totalMinor).toBe(true);
      }),
      RUNS,
    );
  });
});
