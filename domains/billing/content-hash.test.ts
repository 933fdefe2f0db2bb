import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RUNS } from '#test/harness/runs.ts';
import { contentHash } from './content-hash.ts';

/** Digests are kept with orders: this is how they were made from the first day on. */
function firstDefinition(content: unknown): string {
  return createHash('sha256').update(canonical(content)).digest('hex');
}

function canonical(value: unknown): string {
  if (value === undefined) return 'null';
  if (typeof value === 'bigint') return `"${value}"`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value instanceof Temporal.PlainDate) return `"${value.toString()}"`;
  const items = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
  return `{${items.join(',')}}`;
}

const leaf = fc.oneof(
  fc.string(),
  fc.bigInt(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, undefined),
  fc.nat(20_000).map((days) => Temporal.PlainDate.from('2000-01-01').add({ days })),
);
const content = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', '10', '9', 'ключ', '"'), tie('value')),
  ),
})).value;

describe('the digest of a quote', () => {
  it('is the one of the first day, whatever is in it', () => {
    fc.assert(
      fc.property(content, (value) => {
        expect(contentHash(value)).toBe(firstDefinition(value));
      }),
      RUNS,
    );
  });

  it('does not depend on the order of keys', () => {
    expect(contentHash({ a: 1, b: { c: 2n, d: 'x' } })).toBe(
      contentHash({ b: { d: 'x', c: 2n }, a: 1 }),
    );
  });

  it('tells objects apart that begin and end with the same keys', () => {
    const [one, other] = [
      { a: 1, b: 2, z: 3 },
      { a: 1, c: 2, z: 3 },
    ];
    expect(contentHash(one)).toBe(firstDefinition(one));
    expect(contentHash(other)).toBe(firstDefinition(other));
  });
});
