import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire, InstantWire } from '#platform/http/wire.ts';
import { CHARGE_ENDS } from './charging.ts';

const ChargingWire = z.object({
  nextAt: InstantWire.nullable().describe('when the saved card is charged next'),
  underWay: z.boolean().describe('a charge was begun and its end is not known'),
  ended: z.enum(CHARGE_ENDS).nullable().describe('why it is not charged any more'),
  tries: z.int().describe('charges made, in vain or not; payments of the invoice tell of each'),
  card: z
    .object({ brand: z.string(), last4: z.string() })
    .nullable()
    .describe('the card that would be charged'),
});

const ById = z.object({ id: idWire('inv') });

/** How taking an invoice’s due from the client’s saved card stands. */
export const chargingOperations = {
  charging: operation({
    method: 'GET',
    path: '/v1/invoices/{id}/charging',
    summary: 'When an invoice is charged to the saved card; null when nothing is charged for it',
    access: { who: 'client', scope: 'payments.read' },
    input: ById,
    output: z.object({ charging: ChargingWire.nullable() }),
    refusals: ['invoice-not-found'],
  }),
  staffCharging: operation({
    method: 'GET',
    path: '/v1/admin/invoices/{id}/charging',
    summary: 'How charging an invoice to its client’s saved card stands',
    access: { who: 'staff', permission: 'payments.read' },
    input: ById,
    output: z.object({ charging: ChargingWire.nullable() }),
    refusals: ['invoice-not-found'],
  }),
  chargeNow: operation({
    method: 'POST',
    path: '/v1/admin/invoices/{id}/charging/try',
    summary: 'Charge the saved card now, whatever the policy says of today',
    access: { who: 'staff', permission: 'payments.confirm' },
    input: ById,
    output: z.object({ charging: ChargingWire.nullable() }),
    refusals: [
      'invoice-not-found',
      'nothing-to-charge',
      'charge-under-way',
      'payment-under-way',
      'saved-method-not-found',
      'charge-not-automatic',
    ],
    transaction: 'own',
    perMinute: 20,
  }),
};

export type ChargingView = z.infer<typeof ChargingWire>;
