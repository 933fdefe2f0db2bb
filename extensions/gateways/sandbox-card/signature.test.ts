import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkSignature, signBody } from './signature.ts';

const NOW_MS = 1_700_000_000_000;
const body = Buffer.from('{"amount_minor":"754849"}');
const signed = signBody(['secret-one'], body, NOW_MS);

const check = (header: string | undefined, secrets = ['secret-one'], nowMs = NOW_MS, of = body) =>
  checkSignature(header, secrets, of, nowMs);

test('a signature made with our secret over these bytes is genuine', () => {
  expect(signed).toMatch(/^t=1700000000,v1=[0-9a-f]{64}$/);
  expect(check(signed)).toBe('genuine');
});

test('no header, an empty one and a malformed one are refused', () => {
  expect(check(undefined)).toBe('missing');
  expect(check('')).toBe('missing');
  const hex = signed.slice(-64);
  for (const header of [
    ...['garbage', 't=1700000000', `v1=${hex}`, `t=,v1=${hex}`, `t=1e9,v1=${hex}`],
    ...[`t=1700000000,v1=${hex.slice(1)}`, `t=1700000000,v0=${hex}`, `v1=${hex},t=1700000000`],
    ...[`${signed}${',v1='.repeat(400)}`, `t=1700000000${`,v1=${hex}`.repeat(9)}`],
  ]) {
    expect([header, check(header)]).toEqual([header, 'wrong']);
  }
});

test('any other byte anywhere in the body, another time or another secret is refused', () => {
  fc.assert(
    fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const altered = Buffer.from(body);
      altered[at] = (altered[at] ?? 0) ^ change;
      expect(check(signed, ['secret-one'], NOW_MS, altered)).toBe('wrong');
    }),
  );
  expect(check(signed.replace('t=1700000000', 't=1700000001'))).toBe('wrong');
  expect(check(signed, ['secret-two'])).toBe('wrong');
  expect(check(signed, [])).toBe('wrong');
});

describe('age', () => {
  test.each([
    [0, 'genuine'],
    [300_000, 'genuine'],
    [300_001, 'stale'],
    [-300_000, 'genuine'],
    [-300_001, 'stale'],
  ])('a signature seen %i ms after it was made is %s', (ageMs, verdict) => {
    expect(check(signed, ['secret-one'], NOW_MS + ageMs)).toBe(verdict);
  });

  test('a forged signature says nothing about being stale as well', () => {
    expect(check(signed, ['other'], NOW_MS + 999_999)).toBe('wrong');
  });
});

describe('changing the secret', () => {
  const both = signBody(['secret-old', 'secret-new'], body, NOW_MS);

  test('while the sender signs with both, either secret accepts', () => {
    expect(both.match(/v1=/g)).toHaveLength(2);
    expect(check(both, ['secret-old'])).toBe('genuine');
    expect(check(both, ['secret-new'])).toBe('genuine');
  });

  test('while the receiver knows both, either signature is accepted', () => {
    const onlyNew = signBody(['secret-new'], body, NOW_MS);
    expect(check(onlyNew, ['secret-old', 'secret-new'])).toBe('genuine');
    expect(check(onlyNew, ['secret-old'])).toBe('wrong');
  });
});
