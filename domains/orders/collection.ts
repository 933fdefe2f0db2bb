import { divideHalfUp } from '#kit/money.ts';
import { compareDates, isBefore } from '#kit/term.ts';
import type { Charging } from './charging.ts';
import type { CollectionPolicy, LateFee } from '#domains/brands/index.ts';

/** What is owed, as far as collecting it is decided by it. Dates are local to the seller's zone. */
export type Collection = {
  branch: number;
  /** Of the renewal's order, of renewals on a merged invoice, or of an invoice made by hand. */
  id: string;
  brandId: string;
  clientId: string;
  zone: string;
  dueOn: Temporal.PlainDate;
  /** Everything the policy wants up to and with that day is done. */
  doneOn: Temporal.PlainDate;
  nextAt: Temporal.Instant | null;
  tries: number;
  feeInvoiceId: string | null;
} & Charging;

/** In the order in which they are done on one day: who pays needs no reminder and no fee. */
export const COLLECTION_STEPS = ['try', 'remind', 'fee'] as const;
export type CollectionStep = (typeof COLLECTION_STEPS)[number];

/** Mail goes out, and money is asked for, in the morning of the seller's day. */
const HOUR = 9;

type Due = Pick<Collection, 'dueOn' | 'doneOn' | 'zone' | 'feeInvoiceId'>;

/** The days on which the policy wants each step, counted from the day it is due. */
function daysOf({ dueOn }: Due, policy: CollectionPolicy): [CollectionStep, Temporal.PlainDate][] {
  const on = (days: number) => dueOn.add({ days });
  return [
    ...policy.tryDays.map((days) => ['try', on(days)] as [CollectionStep, Temporal.PlainDate]),
    ...policy.remindDays.map(
      (days) => ['remind', on(days)] as [CollectionStep, Temporal.PlainDate],
    ),
    ...(policy.lateFee
      ? [['fee', on(policy.lateFee.afterDays)] as [CollectionStep, Temporal.PlainDate]]
      : []),
  ];
}

/** When there is something to do next; null when nothing is left. A fee is charged once. */
export function nextCollectionAt(due: Due, policy: CollectionPolicy): Temporal.Instant | null {
  const left = daysOf(due, policy)
    .filter(([step, on]) => isBefore(due.doneOn, on) && !(step === 'fee' && due.feeInvoiceId))
    .map(([, on]) => on)
    .toSorted(compareDates);
  const [on] = left;
  const plainTime = { hour: HOUR };
  return on ? on.toZonedDateTime({ timeZone: due.zone, plainTime }).toInstant() : null;
}

/** What is to be done today: each step once, however many of its days have gone by. */
export function collectionStepsOn(
  due: Due,
  policy: CollectionPolicy,
  today: Temporal.PlainDate,
): CollectionStep[] {
  const wanted = new Set(
    daysOf(due, policy)
      .filter(([, on]) => isBefore(due.doneOn, on) && !isBefore(today, on))
      .map(([step]) => step),
  );
  return COLLECTION_STEPS.filter(
    (step) => wanted.has(step) && !(step === 'fee' && due.feeInvoiceId),
  );
}

/** The fee for paying late: a fixed amount, or a share of what is owed, rounded half up. */
export function lateFeeMinor(fee: LateFee, owedMinor: bigint): bigint {
  return 'amountMinor' in fee.fee
    ? BigInt(fee.fee.amountMinor)
    : divideHalfUp(owedMinor * BigInt(fee.fee.percentBp), 10_000n);
}
