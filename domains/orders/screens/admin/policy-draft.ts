import { decimalOf, money } from '#kit/money.ts';
import { readAmount } from '#domains/payments/screens/read-amount.ts';
import type { BrandPolicyView } from '../../collection-contract.ts';
import { readDays } from './read-days.ts';

type Policy = BrandPolicyView['policy'];

/** A policy as it is typed. */
export type PolicyDraft = {
  reminderDaysOfMonth: string;
  remindFromDays: string;
  autoRenewDaysShort: string;
  autoRenewDaysLong: string;
  noticeDaysBeforeAutoRenew: string;
  suspendAfterDays: string;
  deleteAfterDays: string;
  unpaidOrderDays: string;
  mergeRenewals: boolean;
  /** Empty: there is none. */
  billingDay: string;
  wholeTermUnderDays: string;
  remindDays: string;
  tryDays: string;
  chargeDays: string;
  fee: 'none' | 'amount' | 'percent';
  feeAfterDays: string;
  feeAmount: string;
  feePercent: string;
  feeTaxed: boolean;
};

export function draftOf({ policy, currency }: BrandPolicyView): PolicyDraft {
  const { lateFee } = policy.collection;
  const fee = lateFee?.fee;
  const byAmount = fee && 'amountMinor' in fee;
  return {
    reminderDaysOfMonth: policy.reminderDaysOfMonth.join(', '),
    remindFromDays: String(policy.remindFromDays),
    autoRenewDaysShort: String(policy.autoRenewDaysShort),
    autoRenewDaysLong: String(policy.autoRenewDaysLong),
    noticeDaysBeforeAutoRenew: String(policy.noticeDaysBeforeAutoRenew),
    suspendAfterDays: String(policy.suspendAfterDays),
    deleteAfterDays: String(policy.deleteAfterDays),
    unpaidOrderDays: String(policy.unpaidOrderDays),
    mergeRenewals: policy.mergeRenewals,
    billingDay: String(policy.billingDay?.dayOfMonth ?? ''),
    wholeTermUnderDays: String(policy.billingDay?.wholeTermUnderDays ?? 0),
    remindDays: policy.collection.remindDays.join(', '),
    tryDays: policy.collection.tryDays.join(', '),
    chargeDays: policy.collection.chargeDays.join(', '),
    fee: fee ? (byAmount ? 'amount' : 'percent') : 'none',
    feeAfterDays: String(lateFee?.afterDays ?? 3),
    feeAmount: byAmount ? decimalOf(money(BigInt(fee.amountMinor), currency)) : '',
    feePercent: fee && !byAmount ? String(fee.percentBp / 100) : '',
    feeTaxed: lateFee?.taxed ?? false,
  };
}

/** The policy that was typed, or null while something in it cannot be read. */
export function policyFrom(draft: PolicyDraft, currency: string): Policy | null {
  const [reminderDaysOfMonth, remindDays, tryDays, chargeDays] = [
    readDays(draft.reminderDaysOfMonth, 1, 31),
    readDays(draft.remindDays, -60, 365),
    readDays(draft.tryDays, -60, 365),
    readDays(draft.chargeDays, 0, 60),
  ];
  const lateFee = lateFeeFrom(draft, currency);
  const days = {
    remindFromDays: dayFrom(draft.remindFromDays),
    autoRenewDaysShort: dayFrom(draft.autoRenewDaysShort),
    autoRenewDaysLong: dayFrom(draft.autoRenewDaysLong),
    noticeDaysBeforeAutoRenew: dayFrom(draft.noticeDaysBeforeAutoRenew),
    suspendAfterDays: dayFrom(draft.suspendAfterDays),
    deleteAfterDays: dayFrom(draft.deleteAfterDays),
    unpaidOrderDays: dayFrom(draft.unpaidOrderDays),
  };
  const billingDay = billingDayFrom(draft);
  const unread = Object.values(days).some((day) => !Number.isInteger(day));
  if (!reminderDaysOfMonth || !remindDays || !tryDays || !chargeDays) return null;
  if (unread || lateFee === undefined || billingDay === undefined) return null;
  const { mergeRenewals } = draft;
  const collection = { remindDays, tryDays, chargeDays, lateFee };
  return { ...days, reminderDaysOfMonth, mergeRenewals, billingDay, collection };
}

/** Null: none; undefined: cannot be read. */
function billingDayFrom(draft: PolicyDraft): Policy['billingDay'] | undefined {
  if (draft.billingDay.trim() === '') return null;
  const dayOfMonth = dayFrom(draft.billingDay);
  const wholeTermUnderDays = dayFrom(draft.wholeTermUnderDays);
  const isDay = dayOfMonth >= 1 && dayOfMonth <= 28;
  return isDay && wholeTermUnderDays <= 31 ? { dayOfMonth, wholeTermUnderDays } : undefined;
}

function dayFrom(text: string): number {
  return /^\d{1,3}$/.test(text.trim()) ? Number(text) : Number.NaN;
}

/** Undefined: cannot be read. */
function lateFeeFrom(
  draft: PolicyDraft,
  currency: string,
): Policy['collection']['lateFee'] | undefined {
  if (draft.fee === 'none') return null;
  const common = { afterDays: dayFrom(draft.feeAfterDays), taxed: draft.feeTaxed };
  if (!Number.isInteger(common.afterDays)) return undefined;
  if (draft.fee === 'amount') {
    const amount = readAmount(draft.feeAmount, currency);
    return amount ? { ...common, fee: { amountMinor: amount.minor } } : undefined;
  }
  const percentBp = Math.round(Number(draft.feePercent.replace(',', '.')) * 100);
  return percentBp > 0 && percentBp <= 10_000 ? { ...common, fee: { percentBp } } : undefined;
}
