import fc from 'fast-check';

/** What people do to a package, in numbers that mean something in any state. */
export type Command =
  | { do: 'wait'; days: number }
  | { do: 'add'; item: ItemId; pieces: number }
  | { do: 'delete'; nth: number }
  | { do: 'keep'; nth: number; renews: boolean }
  | { do: 'renew'; termMonths: number | null; drop: number }
  | { do: 'change'; change: Change };

export type ItemId = 'grow' | 'whmcs' | 'ip';

/** An edition that is published today: what it sets, and whom it reaches when. */
export type Change = {
  item: ItemId;
  monthly: bigint | null;
  /** Of the ladder's rung for a year and longer. */
  monthlyOfYear: bigint | null;
  mode: 'included' | 'addon' | null;
  startsIn: number;
  /** Days after its start on which it reaches existing packages; null: never. */
  reachesAfter: number | null;
  isTold: boolean;
};

const TERMS = [1, 3, 6, 12, 24] as const;
const item = fc.constantFrom<ItemId>('grow', 'whmcs', 'ip');
const monthly = fc.bigInt(0n, 3_000_00n);

const change: fc.Arbitrary<Change> = fc
  .record({
    item,
    monthly: fc.option(monthly, { freq: 5 }),
    monthlyOfYear: fc.option(monthly, { freq: 1 }),
    mode: fc.option(fc.constantFrom('included' as const, 'addon' as const), { freq: 1 }),
    startsIn: fc.integer({ min: 0, max: 60 }),
    reachesAfter: fc.option(fc.integer({ min: 0, max: 90 }), { freq: 3 }),
    isTold: fc.boolean(),
  })
  .map((one) => (one.item === 'grow' ? { ...one, mode: null } : one));

export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.nat(50) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      item: fc.constantFrom<ItemId>('whmcs', 'ip'),
      pieces: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), nth: fc.nat(5) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('keep' as const),
      nth: fc.nat(5),
      renews: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('renew' as const),
      termMonths: fc.option(fc.constantFrom(...TERMS), { freq: 1 }),
      drop: fc.nat(8),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('change' as const), change }) },
);

/** A package's first day and term, and what happens to it. */
export const history = fc.record({
  startsOn: fc.integer({ min: 2000, max: 9500 }),
  termMonths: fc.constantFrom(...TERMS),
  licence: fc.constantFrom('included' as const, 'addon' as const),
  commands: fc.array(command, { minLength: 1, maxLength: 14 }),
});
