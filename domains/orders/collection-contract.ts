import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire } from '#platform/http/wire.ts';

const Days = z.int().min(0).max(365);
const AroundDue = z
  .array(z.int().min(-60).max(365))
  .max(20)
  .describe('days from the day it is due; before it: below zero');

const LateFeeWire = z.object({
  afterDays: z.int().min(1).max(365),
  fee: z.union([
    z.object({ amountMinor: z.int().min(1).max(100_000_000) }),
    z.object({ percentBp: z.int().min(1).max(10_000).describe('1000 is 10 %') }),
  ]),
  taxed: z.boolean(),
});

const PolicyWire = z.object({
  reminderDaysOfMonth: z.array(z.int().min(1).max(31)).max(31),
  remindFromDays: Days,
  autoRenewDaysShort: Days,
  autoRenewDaysLong: Days,
  noticeDaysBeforeAutoRenew: Days,
  suspendAfterDays: Days,
  deleteAfterDays: Days,
  unpaidOrderDays: z.int().min(1).max(365),
  mergeRenewals: z
    .boolean()
    .default(false)
    .describe('one invoice for what renews itself for a client on one day'),
  billingDay: z
    .object({
      dayOfMonth: z.int().min(1).max(28),
      wholeTermUnderDays: z
        .int()
        .min(0)
        .max(31)
        .describe('fewer days up to the billing day are sold with the term after it; 0: never'),
    })
    .nullable()
    .default(null)
    .describe('new packages are billed from that day of the month'),
  collection: z.object({
    remindDays: AroundDue,
    tryDays: AroundDue,
    chargeDays: z
      .array(z.int().min(0).max(60))
      .max(20)
      .describe('days from the first try to charge the saved card; none: it is never charged'),
    lateFee: LateFeeWire.nullable(),
  }),
});

const BrandPolicyWire = z.object({
  brandId: z.string(),
  brandName: z.string(),
  currency: z.string(),
  policy: PolicyWire,
});

/** How a brand renews, reminds, suspends and collects, as data. */
export const collectionOperations = {
  policies: operation({
    method: 'GET',
    path: '/v1/admin/collection-policies',
    summary: 'How each brand renews, reminds, suspends and collects',
    access: { who: 'staff', permission: 'brands.read' },
    input: z.object({}),
    output: z.object({ items: z.array(BrandPolicyWire) }),
  }),
  changePolicy: operation({
    method: 'PUT',
    path: '/v1/admin/brands/{brandId}/collection-policy',
    summary: 'Change that for a brand; what is stored by the old policy is computed anew',
    access: { who: 'staff', permission: 'brands.write' },
    input: z.object({ brandId: idWire('brd'), policy: PolicyWire }),
    output: BrandPolicyWire,
    refusals: ['brand-not-found', 'policy-invalid'],
  }),
};

export type BrandPolicyView = z.infer<typeof BrandPolicyWire>;
