import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { taxFor, taxIncluded, taxOnTop } from './index.ts';
import { taxTerms } from './tax-terms.ts';

let test: TestRuntime;
beforeAll(async () => {
  test = await startTestRuntime();
});
afterAll(() => test.stop());

const ask = (buyerCountry: string, on: string, sellerCountry = 'RU') =>
  test.run((ctx) => taxFor(ctx, { sellerCountry, buyerCountry, on: Temporal.PlainDate.from(on) }));

describe('the tax of a Russian seller', () => {
  it.each([
    ['2018-12-31', 1800],
    ['2019-01-01', 2000],
    ['2025-12-31', 2000],
    ['2026-01-01', 2200],
    ['2040-06-01', 2200],
  ])('on %s is %i basis points', async (on, rateBp) => {
    expect(await ask('RU', on)).toEqual({ place: 'RU', rateBp, reason: null });
  });

  it('is nothing for a buyer abroad, and says why', async () => {
    expect(await ask('KZ', '2023-04-03')).toEqual({
      place: 'RU',
      rateBp: 0,
      reason: 'buyer-abroad',
    });
  });

  it('is nothing where no rate is known, and says why', async () => {
    expect(await ask('AM', '2023-04-03', 'AM')).toEqual({
      place: 'AM',
      rateBp: 0,
      reason: 'no-rate',
    });
  });
});

describe('within the European Union', () => {
  const day = (text: string) => Temporal.PlainDate.from(text);
  const rate = (place: string, rateBp: number) => ({
    place,
    rateBp,
    effectiveFrom: day('2020-01-01'),
    effectiveUntil: null,
  });
  const rates = [rate('DE', 1900), rate('FR', 2000)];
  const terms = (buyerCountry: string, standing: 'plain' | 'business' | 'exempt') =>
    taxTerms(rates, { sellerCountry: 'DE', buyerCountry, standing, on: day('2024-05-01') });

  it('a consumer pays the tax of their own country', () => {
    expect(terms('FR', 'plain')).toEqual({ place: 'FR', rateBp: 2000, reason: null });
    expect(terms('DE', 'plain')).toEqual({ place: 'DE', rateBp: 1900, reason: null });
  });

  it('a business in another member state accounts for it itself', () => {
    expect(terms('FR', 'business')).toEqual({ place: 'DE', rateBp: 0, reason: 'reverse-charge' });
    expect(terms('DE', 'business')).toEqual({ place: 'DE', rateBp: 1900, reason: null });
  });

  it('a buyer outside it is charged none, and who is exempt never is', () => {
    expect(terms('RU', 'plain').reason).toBe('buyer-abroad');
    expect(terms('DE', 'exempt')).toEqual({ place: 'DE', rateBp: 0, reason: 'exempt' });
  });
});

describe('amounts of tax', () => {
  it('are taken out of a price that includes them', () => {
    expect(taxIncluded(754_849n, 2000)).toBe(125_808n);
    expect(taxIncluded(120n, 2000)).toBe(20n);
    expect(taxIncluded(100n, 2200)).toBe(18n);
  });

  it('are added to a price without them, a half kopeck upwards', () => {
    expect(taxOnTop(100n, 2000)).toBe(20n);
    expect(taxOnTop(25n, 2200)).toBe(6n);
    expect(taxOnTop(0n, 2200)).toBe(0n);
  });

  it('put on top and taken out again are the same', () => {
    const rates = fc.constantFrom(0, 500, 1000, 1800, 2000, 2200);
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), rates, (net, rateBp) => {
        const tax = taxOnTop(net, rateBp);
        expect(taxIncluded(net + tax, rateBp)).toBe(tax);
      }),
      { numRuns: 1000 },
    );
  });
});
