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
  /** An unpaid subscription is suspended at its end and deleted so many days later. */
  deleteAfterDays: number;
  /** A price rise reaches an existing subscriber only after so many days' notice (rule 7). */
  noticeDaysForPriceRise: number;
  /** Hosting packages are refunded in full within so many days of purchase (rule 9). */
  refundDays: number;
  /** An order that nobody pays is dropped after so many days. */
  unpaidOrderDays: number;
};

export const DEFAULT_POLICY: BrandPolicy = {
  reminderDaysOfMonth: [1, 11, 21],
  remindFromDays: 45,
  autoRenewDaysShort: 7,
  autoRenewDaysLong: 30,
  noticeDaysBeforeAutoRenew: 3,
  deleteAfterDays: 15,
  noticeDaysForPriceRise: 30,
  refundDays: 30,
  unpaidOrderDays: 14,
};
