import { describe, expect, it } from 'vitest';
import { rateCase } from '#domains/billing/rate-case.ts';
import { quotePackage } from '#domains/billing/index.ts';
import type { QuoteTax } from '#domains/billing/index.ts';
import {
  catalogueOf,
  date,
  edition,
  growPrice,
  whmcsIs,
  whmcsPrice,
} from '#domains/catalog/fixtures.ts';
import { decimalOf, money } from '#kit/money.ts';

const june = { periodStart: '2023-06-01', periodEnd: '2023-07-01' };

function quoteIn(currency: string, monthly: number, tax: QuoteTax) {
  const catalogue = catalogueOf(
    edition(1, '2020-01-01', {
      prices: [growPrice(monthly, { currency }), whmcsPrice(0, { currency })],
      inclusions: [whmcsIs('addon')],
    }),
  );
  return quotePackage({
    list: { catalogue, sellerId: 'operator', audience: 'clients', currency },
    planId: 'grow',
    termMonths: 1,
    on: date('2023-06-01'),
    addOns: [{ componentId: 'whmcs', quantity: 1 }],
    tax,
  });
}

describe('a currency', () => {
  it.each([
    // A third of June: from the 21st, ten of thirty days.
    ['JPY', 1_000, 333, '333'],
    ['KRW', 100_000, 33_333, '33333'],
    ['RUB', 800_00, 266_67, '266.67'],
    ['HUF', 800_00, 266_67, '266.67'],
    ['KWD', 10_000, 3_333, '3.333'],
    ['BHD', 12_345, 4_115, '4.115'],
  ])('%s is prorated in its own smallest unit', (currency, priceMinor, amountMinor, written) => {
    const asked = { kind: 'slice', priceMinor, ...june, from: '2023-06-21' };
    expect(rateCase(asked)).toEqual({ amountMinor });
    expect(decimalOf(money(BigInt(amountMinor), currency))).toBe(written);
  });

  it.each([
    // Tax within the price, and on top of it, each rounded once a line.
    ['JPY', 999, true, 832n, 167n, 999n],
    ['JPY', 999, false, 999n, 200n, 1_199n],
    ['KWD', 9_999, true, 8_332n, 1_667n, 9_999n],
    ['KWD', 9_999, false, 9_999n, 2_000n, 11_999n],
    ['RUB', 1, true, 1n, 0n, 1n],
    ['RUB', 3, true, 2n, 1n, 3n],
  ])('%s: tax of %i', (currency, monthly, included, net, tax, total) => {
    const quote = quoteIn(currency, monthly, { place: 'RU', rateBp: 2000, reason: null, included });
    expect([quote.netMinor, quote.taxMinor, quote.totalMinor]).toEqual([net, tax, total]);
  });
});

describe('what costs nothing', () => {
  it('is sold for nothing and stays a line of the quote', () => {
    const quote = quoteIn('RUB', 0, { place: 'RU', rateBp: 2000, reason: null, included: true });
    expect(quote.totalMinor).toBe(0n);
    expect(quote.lines.map(({ itemId, state, totalMinor }) => [itemId, state, totalMinor])).toEqual(
      [
        ['grow', 'bought', 0n],
        ['whmcs', 'bought', 0n],
      ],
    );
  });

  it('gives nothing back', () => {
    const asked = { kind: 'credit', priceMinor: 0, ...june, removedOn: '2023-06-02' };
    expect(rateCase(asked)).toEqual({ amountMinor: 0 });
  });
});

describe('what costs very little or very much', () => {
  it.each([
    ['a kopeck, at noon of the month', 1, '2023-06-16', 1],
    ['a kopeck, a day later', 1, '2023-06-17', 0],
    ['a kopeck on the last day', 1, '2023-06-30', 0],
    ['more than a number holds', '900719925474099301', '2023-06-16', '450359962737049651'],
  ])('%s', (_, priceMinor, from, amountMinor) => {
    expect(rateCase({ kind: 'slice', priceMinor, ...june, from })).toEqual({ amountMinor });
  });
});
