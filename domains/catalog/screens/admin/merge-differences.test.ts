import { describe, expect, it } from 'vitest';
import { TERMS } from '#kit/term.ts';
import { isEveryTerm, mergeDifferences } from './merge-differences.ts';
import type { PriceStep } from './merge-differences.ts';

function step(over: Partial<PriceStep>): PriceStep {
  return {
    item: { kind: 'component', id: 'whmcs' },
    action: 'add',
    termMonths: 1,
    before: null,
    after: { minor: 80_000, currency: 'RUB' },
    ...over,
  };
}

describe('differences of prices', () => {
  it('that are the same for every term and action are one line', () => {
    const all = (['add', 'renew'] as const).flatMap((action) =>
      TERMS.map((termMonths) => step({ action, termMonths })),
    );
    const merged = mergeDifferences(all);
    expect(merged).toHaveLength(1);
    expect(merged[0]?.actions).toEqual(['add', 'renew']);
    expect(isEveryTerm(merged[0]?.terms ?? [])).toBe(true);
  });

  it('of different sizes, items or terms stay apart', () => {
    const dearer = { minor: 90_000, currency: 'RUB' };
    const merged = mergeDifferences([
      step({ termMonths: 1 }),
      step({ termMonths: 12 }),
      step({ termMonths: 24, after: dearer }),
      step({ action: 'renew', termMonths: 1 }),
      step({ item: { kind: 'plan', id: 'whmcs' } }),
    ]);
    expect(merged.map(({ actions, terms }) => [actions, terms])).toEqual([
      [['add'], [1, 12]],
      [['add'], [24]],
      [['renew'], [1]],
      [['add'], [1]],
    ]);
  });
});
