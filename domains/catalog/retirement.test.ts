import { describe, expect, it } from 'vitest';
import { catalogueOf, date, edition } from './fixtures.ts';
import { everythingNoticed, nothingNoticed } from './noticed.ts';
import { isOnSale, planAt } from './retirement.ts';

/** `grow` is retired on 1 April 2023 in favour of `pro`; holders go over from 1 May. */
const retired = edition(2, '2023-04-01', {
  existingOn: '2023-05-01',
  retirements: [{ planId: 'grow', successorId: 'pro' }],
});
const catalogue = catalogueOf(edition(1, '2022-01-01'), retired);
const held = { subscribedOn: date('2022-06-10'), noticed: everythingNoticed };

describe('a plan that is retired with a successor', () => {
  it('is sold until the day before', () => {
    expect(isOnSale(catalogue, 'grow', date('2023-03-31'))).toBe(true);
    expect(isOnSale(catalogue, 'grow', date('2023-04-01'))).toBe(false);
  });

  it('goes over at the first boundary that the change reaches', () => {
    expect(planAt(catalogue, 'grow', { ...held, boundaryOn: date('2023-04-30') })).toBe('grow');
    expect(planAt(catalogue, 'grow', { ...held, boundaryOn: date('2023-05-01') })).toBe('pro');
  });

  it('stays for a holder who was not told in time', () => {
    const untold = { ...held, noticed: nothingNoticed, boundaryOn: date('2023-06-10') };
    expect(planAt(catalogue, 'grow', untold)).toBe('grow');
  });

  it('stays for ever with its holders when nobody is to go over', () => {
    const kept = edition(2, '2023-04-01', {
      existingOn: '2023-05-01',
      retirements: [{ planId: 'grow', successorId: null }],
    });
    const boundaryOn = date('2030-01-10');
    expect(planAt(catalogueOf(kept), 'grow', { ...held, boundaryOn })).toBe('grow');
    expect(isOnSale(catalogueOf(kept), 'grow', date('2023-04-01'))).toBe(false);
  });

  it('is sold again when a later change says so', () => {
    const again = edition(3, '2023-06-01', {
      existingOn: '2023-06-01',
      retirements: [{ planId: 'grow', successorId: 'grow' }],
    });
    const restored = catalogueOf(retired, again);
    expect(isOnSale(restored, 'grow', date('2023-05-31'))).toBe(false);
    expect(isOnSale(restored, 'grow', date('2023-06-01'))).toBe(true);
    expect(planAt(restored, 'grow', { ...held, boundaryOn: date('2023-07-10') })).toBe('grow');
  });
});
