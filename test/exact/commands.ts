import fc from 'fast-check';

/** What people do to a package, in numbers that mean something in any state. */
export type Command =
  | { do: 'wait'; days: number }
  | { do: 'add'; item: ItemId; pieces: number }
  | { do: 'delete'; nth: number }
  | { do: 'keep'; nth: number; renews: boolean }
  /** Ordered and paid in one act. */
  | { do: 'renew'; termMonths: number | null; drop: number }
  /** The next period up to a day of the month, which boundaries count from then on. */
  | { do: 'align'; dayOfMonth: number }
  /** Ordered, and not paid yet. */
  | { do: 'order'; termMonths: number | null; drop: number }
  /** What was ordered is paid, if it is still to be had. */
  | { do: 'pay' }
  /** Another plan; `giveUp`: what it does not have, or has no price for, goes. */
  | { do: 'upgrade'; to: PlanId; giveUp: boolean }
  | { do: 'change'; change: Change };

export type PlanId = 'grow' | 'pro' | 'bare';
export type ComponentId = 'whmcs' | 'ip';
export type ItemId = PlanId | ComponentId;

export const PLANS: readonly PlanId[] = ['grow', 'pro', 'bare'];

export function isPlan(item: ItemId): item is PlanId {
  return (PLANS as readonly string[]).includes(item);
}

/** An edition that is published today: what it sets, and whom it reaches when. */
export type Change = {
  item: ItemId;
  monthly: bigint | null;
  /** Of the ladder's rung for a year and longer. */
  monthlyOfYear: bigint | null;
  /** How the component stands to one plan. */
  mode: { planId: PlanId; as: 'included' | 'addon' | 'none' } | null;
  startsIn: number;
  /** Days after its start on which it reaches existing packages; null: never. */
  reachesAfter: number | null;
  isTold: boolean;
};

const TERMS = [1, 3, 6, 12, 24] as const;
const item = fc.constantFrom<ItemId>('grow', 'pro', 'whmcs', 'ip');
const monthly = fc.bigInt(0n, 3_000_00n);
const mode = fc.record({
  planId: fc.constantFrom(...PLANS),
  as: fc.constantFrom('included' as const, 'addon' as const),
});

const change: fc.Arbitrary<Change> = fc
  .record({
    item,
    monthly: fc.option(monthly, { freq: 5 }),
    monthlyOfYear: fc.option(monthly, { freq: 1 }),
    mode: fc.option(mode, { freq: 1 }),
    startsIn: fc.integer({ min: 0, max: 60 }),
    reachesAfter: fc.option(fc.integer({ min: 0, max: 90 }), { freq: 3 }),
    isTold: fc.boolean(),
  })
  .map((one) => (isPlan(one.item) ? { ...one, mode: null } : one));

const renewal = {
  termMonths: fc.option(fc.constantFrom(...TERMS), { freq: 1 }),
  drop: fc.nat(8),
};

const weighed: readonly [number, fc.Arbitrary<Command>][] = [
  [4, fc.record({ do: fc.constant('wait' as const), days: fc.nat(50) })],
  [
    4,
    fc.record({
      do: fc.constant('add' as const),
      item: fc.constantFrom<ItemId>('whmcs', 'ip'),
      pieces: fc.integer({ min: 1, max: 4 }),
    }),
  ],
  [2, fc.record({ do: fc.constant('delete' as const), nth: fc.nat(5) })],
  [1, fc.record({ do: fc.constant('keep' as const), nth: fc.nat(5), renews: fc.boolean() })],
  [3, fc.record({ do: fc.constant('renew' as const), ...renewal })],
  [
    1,
    fc.record({
      do: fc.constant('align' as const),
      dayOfMonth: fc.integer({ min: 1, max: 28 }),
    }),
  ],
  [2, fc.record({ do: fc.constant('order' as const), ...renewal })],
  [2, fc.constant({ do: 'pay' as const })],
  [
    3,
    fc.record({
      do: fc.constant('upgrade' as const),
      to: fc.constantFrom(...PLANS),
      giveUp: fc.boolean(),
    }),
  ],
  [2, fc.record({ do: fc.constant('change' as const), change })],
];

const command: fc.Arbitrary<Command> = fc.oneof(
  ...weighed.map(([weight, arbitrary]) => ({ weight, arbitrary })),
);

/** A fixed day of the month that a package is billed from. */
export type BillingDay = {
  dayOfMonth: number;
  /** The term from that day on is bought with the days up to it. */
  andWholeTerm: boolean;
};

/** A package's first day and term, and what happens to it. */
export const history = fc.record({
  startsOn: fc.integer({ min: 2000, max: 9500 }),
  termMonths: fc.constantFrom(...TERMS),
  licence: fc.constantFrom('included' as const, 'addon' as const),
  billingDay: fc.option(
    fc.record({ dayOfMonth: fc.integer({ min: 1, max: 28 }), andWholeTerm: fc.boolean() }),
    { freq: 1 },
  ),
  commands: fc.array(command, { minLength: 1, maxLength: 14 }),
});
