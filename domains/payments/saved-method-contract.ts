import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire, InstantWire, MoneyWire } from '#platform/http/wire.ts';

export const SavedMethodView = z.object({
  id: idWire('svm'),
  gatewayId: z.string(),
  brand: z.string().describe('`Visa`, `Mir`'),
  last4: z.string(),
  expires: z.object({ year: z.int(), month: z.int() }).describe('the last month it serves'),
  isDefault: z.boolean().describe('automatic payments are taken from it'),
  state: z
    .enum(['usable', 'failed'])
    .describe('`failed`: its bank has said that it will never pay again'),
  failureCode: z.string().nullable(),
  savedAt: InstantWire.describe('when the client agreed to it'),
});

const StaffMethodView = SavedMethodView.omit({ state: true }).extend({
  state: z.enum(['usable', 'failed', 'removed']),
  removedAt: InstantWire.nullable(),
  forgotten: z.boolean().describe('the gateway has confirmed that it keeps it no longer'),
});

const ById = z.object({ id: idWire('svm') });
const Items = z.object({ items: z.array(SavedMethodView) });

/** Cards that a client lets be charged without them. */
export const savedMethods = {
  list: operation({
    method: 'GET',
    path: '/v1/saved-methods',
    summary: 'Cards saved for automatic payments, the default one first',
    access: { who: 'client', scope: 'payments.read' },
    input: z.object({}),
    output: Items.extend({
      balance: MoneyWire.describe('tried before any card'),
      canSave: z.boolean().describe('whether the shop has a gateway that saves cards'),
    }),
  }),
  choose: operation({
    method: 'POST',
    path: '/v1/saved-methods/{id}/default',
    summary: 'Take automatic payments from this card',
    access: { who: 'client', scope: 'payments.write' },
    input: ById,
    output: Items,
    refusals: ['saved-method-not-found', 'saved-method-failed'],
  }),
  remove: operation({
    method: 'DELETE',
    path: '/v1/saved-methods/{id}',
    summary: 'Remove a card: it is not charged any more, and the gateway is told to forget it',
    access: { who: 'client', scope: 'payments.write' },
    input: ById,
    output: Items,
    refusals: ['saved-method-not-found'],
  }),
};

export const staffSavedMethods = operation({
  method: 'GET',
  path: '/v1/admin/clients/{clientId}/saved-methods',
  summary: 'A client’s saved cards, removed ones too',
  access: { who: 'staff', permission: 'payments.read' },
  input: z.object({ clientId: idWire('cli') }),
  output: z.object({ items: z.array(StaffMethodView) }),
  refusals: ['client-not-found'],
});

export type SavedMethodWire = z.infer<typeof SavedMethodView>;
export type StaffMethodWire = z.infer<typeof StaffMethodView>;
