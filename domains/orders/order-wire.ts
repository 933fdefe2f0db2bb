import { z } from 'zod';
import { DateWire, idWire, InstantWire } from '#platform/http/wire.ts';
import { CANCEL_CAUSES, ORDER_KINDS, ORDER_ORIGINS, ORDER_STATES } from './order-words.ts';

const Localised = z.object({ ru: z.string(), en: z.string() });

export const OrderWire = z.object({
  id: idWire('ord'),
  clientId: z.string(),
  sellerId: z.string(),
  kind: z.enum(ORDER_KINDS),
  state: z.enum(ORDER_STATES),
  origin: z.enum(ORDER_ORIGINS),
  title: Localised,
  domainName: z.string().describe('in ASCII'),
  domainTitle: z.string().describe('as its owner writes it'),
  subscriptionId: idWire('sub'),
  invoiceId: z.string().nullable(),
  isMerged: z.boolean().describe('renewals of other packages are on its invoice, too'),
  periodStart: DateWire.nullable().describe('the boundary that a renewal pays for'),
  currency: z.string(),
  totalMinor: z.int(),
  placedAt: InstantWire,
  expiresAt: InstantWire.nullable().describe('an unpaid order is dropped then'),
  lockReason: z.string().nullable().describe('why a paid order is not carried out: a refusal code'),
  doneAt: InstantWire.nullable(),
  cancelledAt: InstantWire.nullable(),
  cancelledFor: z.enum(CANCEL_CAUSES).nullable(),
});

export type OrderView = z.infer<typeof OrderWire>;
