import { describe, expect, it } from 'vitest';
import { rateCase } from './rate-case.ts';

const year = { priceMinor: 960_000, periodStart: '2023-01-15', periodEnd: '2024-01-15' };
const versions = [
  { id: 'v1', effectiveOn: '2022-01-01', monthlyMinor: 1000 },
  { id: 'v2', effectiveOn: '2023-04-03', existingFrom: '2023-05-03', monthlyMinor: 1200 },
  { id: 'v3', effectiveOn: '2023-09-01', monthlyMinor: 1500 },
];

describe('a case put to the engine', () => {
  it.each([
    [
      'a slice to the end of the period',
      { kind: 'slice', ...year, from: '2023-04-03' },
      { amountMinor: 754_849 },
    ],
    [
      'a slice with whole months first',
      { kind: 'slice', ...year, from: '2023-04-03', basis: 'whole-months-then-days' },
      { amountMinor: 750_968 },
    ],
    [
      'a slice in the middle',
      { kind: 'slice', ...year, from: '2023-04-03', to: '2023-04-04' },
      { amountMinor: 2_630 },
    ],
    [
      'a price too large for a number',
      {
        kind: 'slice',
        ...year,
        priceMinor: '900719925474099200',
        from: '2023-01-15',
      },
      { amountMinor: '900719925474099200' },
    ],
    [
      'the boundary after a short month',
      { kind: 'boundary', anchorOn: '2023-01-31', termMonths: 1, k: 1 },
      { on: '2023-02-28' },
    ],
    [
      'the boundary that returns to the anchor’s day',
      { kind: 'boundary', anchorOn: '2023-01-31', termMonths: 1, k: 2 },
      { on: '2023-03-31' },
    ],
    [
      'a leap day a year later and four years later',
      { kind: 'boundary', anchorOn: '2024-02-29', termMonths: 12, k: 4 },
      { on: '2028-02-29' },
    ],
    [
      'a boundary by days',
      { kind: 'boundary', anchorOn: '2023-01-31', termDays: 30, k: 2 },
      { on: '2023-04-01' },
    ],
    [
      'a credit of the original line',
      { kind: 'credit', ...year, removedOn: '2023-04-03' },
      { amountMinor: 754_849 },
    ],
    [
      'a credit after an earlier one',
      { kind: 'credit', ...year, removedOn: '2023-04-03', creditedMinor: 900_000 },
      { amountMinor: 60_000 },
    ],
    [
      'a credit of the days before those that were given back',
      { kind: 'credit', ...year, removedOn: '2023-04-03', givenBackMinor: 700_000 },
      { amountMinor: 54_849 },
    ],
    [
      'a credit of what is not refundable',
      { kind: 'credit', ...year, removedOn: '2023-04-03', refundable: false },
      { amountMinor: 0 },
    ],
    [
      'a renewal before the change reaches it',
      { kind: 'renewal', versions, subscribedOn: '2023-01-10', boundaryOn: '2023-05-02' },
      { versionId: 'v1', amountMinor: 1000 },
    ],
    [
      'a renewal on the day it does',
      {
        kind: 'renewal',
        versions,
        subscribedOn: '2023-01-10',
        boundaryOn: '2023-05-03',
        termMonths: 12,
      },
      { versionId: 'v2', amountMinor: 14_400 },
    ],
    [
      'a renewal without notice',
      {
        kind: 'renewal',
        versions: versions.map((version) => ({ ...version, noticed: version.id !== 'v2' })),
        subscribedOn: '2023-01-10',
        boundaryOn: '2023-05-03',
      },
      { versionId: 'v1', amountMinor: 1000 },
    ],
    [
      'a version that never reaches existing subscriptions',
      { kind: 'renewal', versions, subscribedOn: '2023-08-31', boundaryOn: '2024-08-31' },
      { versionId: 'v2', amountMinor: 1200 },
    ],
  ])('%s', (_, asked, answer) => {
    expect(rateCase(asked)).toEqual(answer);
  });

  it.each([
    ['no case at all', null, 'case-invalid'],
    ['an unknown kind', { kind: 'guess' }, 'case-invalid'],
    ['a day that is none', { kind: 'slice', ...year, from: '2023-02-30' }, 'case-invalid'],
    [
      'a fraction of a kopeck',
      { kind: 'slice', ...year, priceMinor: 1.5, from: '2023-02-01' },
      'case-invalid',
    ],
    [
      'a day outside the period',
      { kind: 'slice', ...year, from: '2025-01-01' },
      'date-outside-period',
    ],
    [
      'an end before its beginning',
      { kind: 'slice', ...year, from: '2023-06-20', to: '2023-06-10' },
      'case-invalid',
    ],
    [
      'a period that ends before it starts',
      { kind: 'slice', ...year, periodEnd: '2022-01-15', from: '2023-02-01' },
      'case-invalid',
    ],
    [
      'months counted from an anchor that is not the period’s',
      {
        kind: 'slice',
        ...year,
        anchorOn: '2023-01-31',
        from: '2023-02-01',
        basis: 'whole-months-then-days',
      },
      'case-invalid',
    ],
    [
      'a boundary beyond all calendars',
      { kind: 'boundary', anchorOn: '2023-01-01', termMonths: 1200, k: 10_000 },
      'case-invalid',
    ],
    [
      'a purchase after the period',
      { kind: 'credit', ...year, boughtOn: '2024-02-01', removedOn: '2024-02-02' },
      'date-outside-period',
    ],
    [
      'one id for two versions',
      {
        kind: 'renewal',
        versions: [...versions, ...versions],
        subscribedOn: '2023-01-10',
        boundaryOn: '2023-05-03',
      },
      'case-invalid',
    ],
    [
      'a version that reaches existing subscriptions before it holds at all',
      {
        kind: 'renewal',
        versions: [...versions, { ...versions[2], id: 'v4', existingFrom: '2023-08-31' }],
        subscribedOn: '2023-01-10',
        boundaryOn: '2023-05-03',
      },
      'case-invalid',
    ],
    [
      'a boundary before the purchase',
      { kind: 'renewal', versions, subscribedOn: '2023-05-03', boundaryOn: '2023-01-10' },
      'case-invalid',
    ],
    [
      'both terms',
      { kind: 'boundary', anchorOn: '2023-01-01', termMonths: 1, termDays: 1, k: 1 },
      'case-invalid',
    ],
    [
      'a subscription older than every version',
      { kind: 'renewal', versions, subscribedOn: '2021-01-01', boundaryOn: '2022-02-01' },
      'no-version',
    ],
  ])('with %s is answered by an error', (_, asked, code) => {
    expect(rateCase(asked)).toMatchObject({ error: { code } });
  });
});
