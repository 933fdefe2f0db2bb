export const ENTITLEMENT_STATES = ['included', 'grandfathered', 'bought', 'deleted'] as const;
export type EntitlementState = (typeof ENTITLEMENT_STATES)[number];

/**
 * A component on a subscription. `included` comes with the plan; `grandfathered` came with it and
 * stays free until the first boundary that a later edition prices (rule 6); `bought` is paid for;
 * `deleted` is final (rule 8): buying again makes a new entitlement.
 */
export type Entitlement = {
  readonly id: string;
  readonly branch: number;
  readonly subscriptionId: string;
  readonly componentId: string;
  readonly state: EntitlementState;
  readonly quantity: number;
  readonly sinceOn: Temporal.PlainDate;
  /** False: the owner wants the next period without it. */
  readonly renews: boolean;
  /** True: the owner has said that it is to stay, whatever it will cost. */
  readonly optedIn?: boolean;
  /** The first day without it, known once a period was paid without it; else null. */
  readonly endsOn: Temporal.PlainDate | null;
  readonly orderId: string | null;
  readonly deletedAt: Temporal.Instant | null;
};

/** True until it is deleted: it works, and it counts against what one may hold. */
export function isHeld(entitlement: Entitlement): boolean {
  return entitlement.state !== 'deleted';
}

/** How many of a component a subscription holds, whatever way they came. */
export function heldQuantity(entitlements: readonly Entitlement[], componentId: string): number {
  return entitlements
    .filter((one) => isHeld(one) && one.componentId === componentId)
    .reduce((sum, one) => sum + one.quantity, 0);
}
