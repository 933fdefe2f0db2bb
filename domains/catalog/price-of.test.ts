import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RUNS } from '#test/harness/runs.ts';
import type { Edition } from './edition.ts';
import { catalogueOf, date, edition, growPrice, whmcsPrice } from './fixtures.ts';
import { everythingNoticed, noticedBy, nothingNoticed } from './noticed.ts';
import type { PriceAsk } from './price-of.ts';
import { priceOf } from './price-of.ts';
import { atPurchase } from './standing.ts';

const GROW = {
  sellerId: 'operator',
  audience: 'clients',
  item: { kind: 'plan', id: 'grow' },
  currency: 'RUB',
  termMonths: 1,
  action: 'add',
} as const;

function bought(on: string, over: Partial<PriceAsk> = {}): PriceAsk {
  return { ...GROW, ...atPurchase(date(on)), ...over };
}

function renewed(subscribedOn: string, boundaryOn: string, over: Partial<PriceAsk> = {}): PriceAsk {
  return {
    ...GROW,
    action: 'renew',
    subscribedOn: date(subscribedOn),
    boundaryOn: date(boundaryOn),
    noticed: nothingNoticed,
    ...over,
  };
}

function monthly(editions: Edition[], ask: PriceAsk): number | null {
  const price = priceOf(catalogueOf(...editions), ask);
  return price && Number(price.monthlyMinor);
}

describe('the ladder of terms', () => {
  const ladder = edition(1, '2022-01-01', {
    prices: [
      growPrice(70_000, { termMonths: 1 }),
      growPrice(60_000, { termMonths: 12 }),
      growPrice(65_000, { termMonths: 12, action: 'renew' }),
    ],
  });
  const fromQuarter = edition(1, '2022-01-01', { prices: [growPrice(70_000, { termMonths: 3 })] });

  it.each([
    ['a term with a row has its own price', [ladder], 12, 'add', 60_000],
    ['a term without a row falls back to the longest shorter one', [ladder], 6, 'add', 70_000],
    ['a term longer than the last row keeps the last row', [ladder], 36, 'add', 60_000],
    ['a renewal has its own row', [ladder], 12, 'renew', 65_000],
    ['a renewal falls back along the renewal rows first', [ladder], 24, 'renew', 65_000],
    ['a renewal without any row falls back to the first purchase', [ladder], 1, 'renew', 70_000],
    ['a term shorter than the first row is not sold', [fromQuarter], 1, 'add', null],
  ] as const)('%s', (_, editions, termMonths, action, expected) => {
    expect(monthly([...editions], bought('2022-06-01', { termMonths, action }))).toBe(expected);
  });

  it('the price of the term is the monthly price times its months', () => {
    const price = priceOf(catalogueOf(ladder), bought('2022-06-01', { termMonths: 12 }));
    expect(price).toEqual({ monthlyMinor: 60_000n, termMinor: 720_000n, editionId: 'edition-1' });
  });

  it('a plan with renewal rows only is renewed and no longer sold', () => {
    const retired = edition(1, '2022-01-01', { prices: [growPrice(70_000, { action: 'renew' })] });
    expect(monthly([retired], bought('2022-06-01'))).toBeNull();
    expect(monthly([retired], bought('2022-06-01', { action: 'renew' }))).toBe(70_000);
  });
});

describe('who sells to whom', () => {
  const editions = [
    edition(1, '2022-01-01', {
      prices: [growPrice(70_000), growPrice(50_000, { audience: 'resellers' })],
    }),
    edition(2, '2022-01-01', { id: 'own', sellerId: 'reseller', prices: [growPrice(90_000)] }),
  ];

  it.each([
    ['the operator to a client', { sellerId: 'operator' }, 70_000],
    ['the operator to a reseller', { sellerId: 'operator', audience: 'resellers' }, 50_000],
    ['the reseller to its client', { sellerId: 'reseller' }, 90_000],
    ['what the reseller has not priced', { sellerId: 'reseller', audience: 'resellers' }, null],
    ['a currency without prices', { currency: 'USD' }, null],
    ['a component without prices', { item: { kind: 'component', id: 'grow' } }, null],
  ] as const)('%s', (_, over, expected) => {
    expect(monthly(editions, bought('2022-06-01', over))).toBe(expected);
  });
});

describe('editions by date', () => {
  const first = edition(1, '2022-01-01', { prices: [growPrice(70_000)] });
  const rise = edition(2, '2023-04-03', {
    existingOn: '2023-06-01',
    prices: [growPrice(80_000)],
  });
  const told = noticedBy([{ editionId: 'edition-2', noticedOn: date('2023-05-10') }]);

  it.each([
    ['bought the day before', bought('2023-04-02'), 70_000],
    ['bought on the day', bought('2023-04-03'), 80_000],
    ['bought before there was a price', bought('2021-12-31'), null],
    ['renewed before it reaches existing ones', renewed('2023-01-10', '2023-05-10'), 70_000],
    ['renewed after, never told: the old price holds', renewed('2023-01-10', '2023-07-10'), 70_000],
    [
      'renewed after, told 31 days before',
      renewed('2023-01-10', '2023-06-10', { noticed: told }),
      80_000,
    ],
    [
      'renewed after, told 29 days before: the old price holds for this renewal',
      renewed('2023-01-08', '2023-06-08', { noticed: told }),
      70_000,
    ],
    [
      'and at the boundary after that the new one',
      renewed('2023-01-08', '2023-07-08', { noticed: told }),
      80_000,
    ],
    ['who bought at the new price renews at it', renewed('2023-04-03', '2023-05-03'), 80_000],
  ])('%s', (_, ask, expected) => {
    expect(monthly([first, rise], ask)).toBe(expected);
  });

  it('a decrease needs no notice', () => {
    const cheaper = edition(2, '2023-04-03', {
      existingOn: '2023-04-03',
      prices: [growPrice(60_000)],
    });
    expect(monthly([first, cheaper], renewed('2023-01-10', '2023-04-10'))).toBe(60_000);
  });

  it('an edition for new subscriptions only never reaches older ones', () => {
    const newOnly = edition(2, '2023-04-03', { prices: [growPrice(60_000)] });
    expect(monthly([first, newOnly], renewed('2023-01-10', '2030-01-10'))).toBe(70_000);
  });

  it('of two editions that meet on one boundary the newest counts', () => {
    const sameDay = edition(3, '2023-04-03', {
      existingOn: '2023-06-01',
      prices: [growPrice(75_000)],
    });
    const ask = renewed('2023-01-10', '2023-06-10', { noticed: everythingNoticed });
    expect(monthly([sameDay, first, rise], ask)).toBe(75_000);
    expect(monthly([rise, first, sameDay], ask)).toBe(75_000);
  });

  it('an edition that speaks of other items only leaves a price alone', () => {
    const other = edition(3, '2023-05-01', {
      existingOn: '2023-05-01',
      prices: [whmcsPrice(80_000)],
    });
    expect(monthly([first, other], bought('2023-05-02'))).toBe(70_000);
    expect(monthly([first, other], renewed('2023-01-10', '2023-06-10'))).toBe(70_000);
  });

  it('a rise that was not told does not hide an older decrease', () => {
    const cheaper = edition(2, '2022-06-01', {
      existingOn: '2022-06-01',
      prices: [growPrice(65_000)],
    });
    const dearer = edition(3, '2022-09-01', {
      existingOn: '2022-09-01',
      prices: [growPrice(90_000)],
    });
    expect(monthly([first, cheaper, dearer], renewed('2022-03-01', '2022-10-01'))).toBe(65_000);
  });

  it('a term that is no longer sold is renewed as before until its holder was told', () => {
    const yearly = edition(2, '2023-04-03', {
      existingOn: '2023-04-03',
      prices: [growPrice(60_000, { termMonths: 12 })],
    });
    const ask = renewed('2023-01-10', '2023-06-10');
    expect(monthly([first, yearly], ask)).toBe(70_000);
    expect(monthly([first, yearly], { ...ask, noticed: everythingNoticed })).toBeNull();
  });

  it('the first price of what was free to have is no rise of a price', () => {
    const addon = edition(2, '2023-04-03', {
      existingOn: '2023-04-03',
      prices: [whmcsPrice(80_000)],
    });
    const item = { kind: 'component', id: 'whmcs' } as const;
    expect(monthly([first, addon], renewed('2023-01-10', '2024-01-10', { item }))).toBe(80_000);
  });

  it('drafts and withdrawn editions count for nothing', () => {
    const draft = edition(2, '2022-02-01', { state: 'draft', prices: [growPrice(1)] });
    const withdrawn = edition(3, '2022-02-01', { state: 'withdrawn', prices: [growPrice(2)] });
    expect(monthly([first, draft, withdrawn], bought('2022-06-01'))).toBe(70_000);
  });
});

describe('whatever editions there are', () => {
  const START = date('2022-01-01');
  const day = fc.integer({ min: 0, max: 400 }).map((days) => START.add({ days }));
  const editions = fc
    .array(
      fc.record({
        effectiveOn: day,
        delay: fc.option(fc.integer({ min: 0, max: 90 })),
        monthly: fc.option(fc.integer({ min: 0, max: 5 })),
      }),
      { maxLength: 6 },
    )
    .map((rows) =>
      rows.map((row, index): Edition => {
        const { existingOn: _, ...base } = edition(index + 1, row.effectiveOn.toString(), {
          prices: row.monthly === null ? [] : [growPrice(row.monthly)],
        });
        const existingOn = row.delay === null ? null : row.effectiveOn.add({ days: row.delay });
        return { ...base, existingOn };
      }),
    );
  const standing = fc
    .tuple(day, fc.integer({ min: 0, max: 300 }), fc.boolean())
    .map(([subscribedOn, days, told]) => ({
      subscribedOn,
      boundaryOn: subscribedOn.add({ days }),
      noticed: told ? everythingNoticed : nothingNoticed,
    }));
  const price = (of: Edition[], over: Partial<PriceAsk>) =>
    priceOf(catalogueOf(...of), { ...bought('2022-01-01'), ...over });

  it('nobody pays more at a renewal than when they bought, unless they were told', () => {
    fc.assert(
      fc.property(editions, standing, (of, ask) => {
        const before = price(of, atPurchase(ask.subscribedOn));
        const after = price(of, { ...ask, noticed: nothingNoticed });
        if (before)
          expect(Number(after?.monthlyMinor)).toBeLessThanOrEqual(Number(before.monthlyMinor));
      }),
      RUNS,
    );
  });

  it('a price comes from an edition that already held or has reached existing ones', () => {
    fc.assert(
      fc.property(editions, standing, (of, ask) => {
        const found = price(of, ask);
        const source = of.find(({ id }) => id === found?.editionId);
        if (!source) return;
        const held = Temporal.PlainDate.compare(source.effectiveOn, ask.subscribedOn) <= 0;
        const reached =
          source.existingOn !== null &&
          Temporal.PlainDate.compare(source.existingOn, ask.boundaryOn) <= 0;
        expect(held || reached).toBe(true);
      }),
      RUNS,
    );
  });

  it('with notice of everything the newest that holds or reaches is the one', () => {
    fc.assert(
      fc.property(editions, standing, (of, ask) => {
        const told = { ...ask, noticed: everythingNoticed };
        const reaching = of.filter(
          (one) =>
            one.prices.length > 0 &&
            (Temporal.PlainDate.compare(one.effectiveOn, ask.subscribedOn) <= 0 ||
              (one.existingOn && Temporal.PlainDate.compare(one.existingOn, ask.boundaryOn) <= 0)),
        );
        let newest: Edition | undefined;
        for (const one of reaching) {
          const order = newest && Temporal.PlainDate.compare(one.effectiveOn, newest.effectiveOn);
          if (order === undefined || order >= 0) newest = one;
        }
        expect(price(of, told)?.editionId).toBe(newest?.id);
      }),
      RUNS,
    );
  });

  it('neither their order nor editions of other things change a price', () => {
    fc.assert(
      fc.property(editions, standing, fc.boolean(), (of, ask, reverse) => {
        const foreign = edition(99, '2022-01-01', { prices: [whmcsPrice(1)] });
        const mixed = reverse ? [...of].reverse() : [...of];
        expect(price([foreign, ...mixed], ask)).toEqual(price(of, ask));
      }),
      RUNS,
    );
  });
});
