import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { DateWire, idWire, MoneyWire, textWire } from '#platform/http/wire.ts';

const access = { who: 'staff', permission: 'payments.refund' } as const;
const OfSubscription = z.object({ subscriptionId: idWire('sub') });
const refusals = ['subscription-not-found', 'refund-period-over', 'nothing-to-credit'] as const;

/** A package given back within the brand's days of full refund. */
export const moneyBackOperations = {
  moneyBackOffer: operation({
    method: 'GET',
    path: '/v1/admin/subscriptions/{subscriptionId}/money-back',
    summary: 'What giving a package back would bring, line by line',
    access,
    input: OfSubscription,
    output: z.object({
      until: DateWire.describe('the first day without that right'),
      total: MoneyWire.describe('as the lines are priced: with tax, if prices include it'),
      lines: z.array(
        z.object({
          invoiceId: z.string(),
          number: z.string(),
          no: z.int(),
          description: z.object({ ru: z.string(), en: z.string() }),
          paid: MoneyWire,
          back: MoneyWire.describe('nothing for what is not refundable'),
        }),
      ),
    }),
    refusals,
  }),
  moneyBack: operation({
    method: 'POST',
    path: '/v1/admin/subscriptions/{subscriptionId}/money-back',
    summary: 'Credit what may go back to the client’s balance, and end the package for good',
    access,
    idempotency: 'required',
    input: OfSubscription.extend({
      expected: MoneyWire.describe('the total that was shown'),
      reason: textWire(300),
    }),
    output: z.object({
      notes: z.array(
        z.object({
          id: idWire('crn'),
          number: z.string(),
          corrects: z.string(),
          total: MoneyWire,
        }),
      ),
    }),
    refusals: [...refusals, 'price-changed', 'subscription-state-forbids'],
  }),
};
