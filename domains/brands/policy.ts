/** The fee for paying late, once for what is owed: an amount, or a share in basis points. */
export type LateFee = {
  afterDays: number;
  fee: { amountMinor: number } | { percentBp: number };
  /** Whether tax is charged on it. */
  taxed: boolean;
};

/** What is done about money that is owed. Days count from the day it is due; before it: below 0. */
export type CollectionPolicy = {
  /** Reminders of the unpaid invoice go out… */
  remindDays: readonly number[];
  /** …and the balance is tried. */
  tryDays: readonly number[];
  /** The saved card is charged on these days, counted from the first try; none: never. */
  chargeDays: readonly number[];
  lateFee: LateFee | null;
};

/** New packages are billed from a fixed day of the month. */
export type BillingDayPolicy = {
  /** 1 to 28, which every month has. */
  dayOfMonth: number;
  /** Fewer days than that up to the first such day are sold together with the term after them. */
  wholeTermUnderDays: number;
};

/** The life cycle a brand gives its subscriptions (rule 13). Days count in the billing zone. */
export type BrandPolicy = {
  /** Days of the month on which reminders go out… */
  reminderDaysOfMonth: readonly number[];
  /** …from so many days before the end. */
  remindFromDays: number;
  /** Automatic renewal is tried so long before the end, for terms under three months… */
  autoRenewDaysShort: number;
  /** …and for longer ones. */
  autoRenewDaysLong: number;
  /** The notice with every line and how to drop it goes out so long before that. */
  noticeDaysBeforeAutoRenew: number;
  /** An unpaid subscription is suspended so many days after its end… */
  suspendAfterDays: number;
  /** …and deleted so many days after its end. */
  deleteAfterDays: number;
  /** A price rise reaches an existing subscriber only after so many days' notice (rule 7). */
  noticeDaysForPriceRise: number;
  /** Hosting packages are refunded in full within so many days of purchase (rule 9). */
  refundDays: number;
  /** An order that nobody pays is dropped after so many days. */
  unpaidOrderDays: number;
  /** What renews itself for one client on one day goes on one invoice. */
  mergeRenewals: boolean;
  billingDay: BillingDayPolicy | null;
  collection: CollectionPolicy;
};

export const DEFAULT_POLICY: BrandPolicy = {
  reminderDaysOfMonth: [1, 11, 21],
  remindFromDays: 45,
  autoRenewDaysShort: 7,
  autoRenewDaysLong: 30,
  noticeDaysBeforeAutoRenew: 3,
  suspendAfterDays: 0,
  deleteAfterDays: 15,
  noticeDaysForPriceRise: 30,
  refundDays: 30,
  unpaidOrderDays: 14,
  mergeRenewals: false,
  billingDay: null,
  collection: { remindDays: [], tryDays: [], chargeDays: [0, 1, 3, 5, 7], lateFee: null },
};
