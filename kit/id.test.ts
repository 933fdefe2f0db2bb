import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BRANCH_MAX, branchOf, isId, makeId } from './id.ts';

describe('an id', () => {
  it('tells its branch', () => {
    const whole = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(whole(BRANCH_MAX), whole(2 ** 45), whole(2 ** 24 - 1), (branch, at, random) => {
        const id = makeId('inv', branch, at, random);
        expect(isId(id, 'inv')).toBe(true);
        expect(branchOf(id)).toBe(branch);
      }),
      { numRuns: 5000, examples: [[BRANCH_MAX - 1, 2 ** 45 - 1, 2 ** 24 - 1]] },
    );
  });

  it('sorts by the time it was made', () => {
    expect(makeId('inv', 9, 1000, 5) < makeId('inv', 1, 1001, 0)).toBe(true);
  });

  it('is not mistaken for another noun or for junk', () => {
    expect(isId(makeId('inv', 1, 1, 1), 'sub')).toBe(false);
    expect(isId("inv_' or 1=1 --", 'inv')).toBe(false);
  });
});
