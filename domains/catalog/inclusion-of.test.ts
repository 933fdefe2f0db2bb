import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RUNS } from '#test/harness/runs.ts';
import { catalogueOf, date, edition, whmcsIs, whmcsPrice } from './fixtures.ts';
import { componentsOf, inclusionOf } from './inclusion-of.ts';
import { everythingNoticed, noticedBy, nothingNoticed } from './noticed.ts';
import { atPurchase } from './standing.ts';

const PAIR = { planId: 'grow', componentId: 'whmcs' };

/** The announcement: WHMCS leaves the plans on 3 April 2023. */
const before = edition(1, '2022-01-01', { inclusions: [whmcsIs('included')] });
const decoupled = edition(2, '2023-04-03', {
  existingOn: '2023-04-03',
  inclusions: [whmcsIs('addon')],
  prices: [whmcsPrice(80_000)],
});
const catalogue = catalogueOf(before, decoupled);
const told = noticedBy([{ editionId: 'edition-2', noticedOn: date('2023-02-20') }]);

function existing(boundaryOn: string, noticed = told) {
  return { ...PAIR, subscribedOn: date('2023-01-15'), boundaryOn: date(boundaryOn), noticed };
}

describe('a component that leaves the plans on a date', () => {
  it.each([
    ['a purchase before the date has it', atPurchase(date('2023-04-02')), 'included', 'edition-1'],
    ['a purchase on the date lacks it', atPurchase(date('2023-04-03')), 'addon', 'edition-2'],
    ['a boundary before the date keeps it', existing('2023-03-15'), 'included', 'edition-1'],
    ['the first boundary after it does not', existing('2023-04-15'), 'addon', 'edition-2'],
    ['a boundary on the date itself does not', existing('2023-04-03'), 'addon', 'edition-2'],
    [
      'whoever was not told keeps it for that renewal',
      existing('2023-04-15', nothingNoticed),
      'included',
      'edition-1',
    ],
    [
      'whoever was told too late keeps it too',
      existing(
        '2023-04-15',
        noticedBy([{ editionId: 'edition-2', noticedOn: date('2023-03-20') }]),
      ),
      'included',
      'edition-1',
    ],
  ] as const)('%s', (_, standing, mode, editionId) => {
    expect(inclusionOf(catalogue, { ...PAIR, ...standing })).toEqual({ mode, editionId });
  });

  it('what becomes included reaches existing ones without notice', () => {
    const gift = edition(3, '2024-01-01', {
      existingOn: '2024-01-01',
      inclusions: [whmcsIs('included')],
    });
    const ask = { ...existing('2024-02-15', nothingNoticed), subscribedOn: date('2023-05-15') };
    expect(inclusionOf(catalogueOf(before, decoupled, gift), ask).mode).toBe('included');
  });

  it('a pair that no edition speaks of is not to be had', () => {
    const none = { mode: 'none', editionId: null };
    expect(inclusionOf(catalogueOf(), existing('2023-05-01'))).toEqual(none);
    expect(inclusionOf(catalogue, { ...existing('2023-05-01'), planId: 'unknown' })).toEqual(none);
  });

  it('a seller below cannot change what a plan contains', () => {
    const meddling = edition(3, '2022-02-01', {
      sellerId: 'reseller',
      inclusions: [whmcsIs('none')],
    });
    const ask = { ...PAIR, ...atPurchase(date('2022-06-01')) };
    expect(inclusionOf(catalogueOf(before, meddling), ask).mode).toBe('included');
  });

  it('lists what a plan includes and what may be bought to it', () => {
    const on = (day: string) => ({ ...atPurchase(date(day)), planId: 'grow' });
    expect(componentsOf(catalogue, { ...on('2023-04-02'), mode: 'included' })).toEqual(['whmcs']);
    expect(componentsOf(catalogue, { ...on('2023-04-02'), mode: 'addon' })).toEqual([]);
    expect(componentsOf(catalogue, { ...on('2023-04-03'), mode: 'addon' })).toEqual(['whmcs']);
  });
});

describe('whatever editions there are', () => {
  it('nothing is taken from an existing subscription without notice', () => {
    const worth = { none: 0, addon: 1, included: 2 };
    const day = fc.integer({ min: 0, max: 400 }).map((days) => date('2022-01-01').add({ days }));
    const mode = fc.constantFrom('included', 'addon', 'none');
    const rows = fc.array(fc.tuple(day, mode, fc.boolean()), { maxLength: 6 });
    fc.assert(
      fc.property(rows, day, fc.integer({ min: 0, max: 300 }), (drawn, subscribedOn, days) => {
        const editions = drawn.map(([on, how, existingToo], index) =>
          edition(index + 1, on.toString(), {
            inclusions: [whmcsIs(how)],
            ...(existingToo ? { existingOn: on.toString() } : {}),
          }),
        );
        const of = catalogueOf(...editions);
        const boundaryOn = subscribedOn.add({ days });
        const at = (noticed: typeof told) =>
          inclusionOf(of, { ...PAIR, subscribedOn, boundaryOn, noticed }).mode;
        const bought = inclusionOf(of, { ...PAIR, ...atPurchase(subscribedOn) }).mode;
        expect(worth[at(nothingNoticed)]).toBeGreaterThanOrEqual(worth[bought]);
        expect(worth[at(everythingNoticed)]).toBeLessThanOrEqual(worth[at(nothingNoticed)]);
      }),
      RUNS,
    );
  });
});
