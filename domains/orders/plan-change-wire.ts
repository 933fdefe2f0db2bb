import { z } from 'zod';
import { DateWire, idWire } from '#platform/http/wire.ts';
import { QuoteWire } from './quote-wire.ts';

const Localised = z.object({ ru: z.string(), en: z.string() });
const Minor = z.int().describe('minor units of the package’s currency');
const State = z.enum(['included', 'grandfathered', 'bought']);

/** A plan that the package may be changed to, or the one it has. */
export const PlanOfferWire = z.object({
  planId: z.string(),
  name: Localised,
  limits: z.object({
    accounts: z.int(),
    diskMb: z.int(),
    trafficGb: z.int(),
    databases: z.int(),
    mailboxes: z.int(),
    memoryMb: z.int(),
  }),
  monthlyMinor: Minor.describe('what a month of this term costs today'),
  currency: z.string(),
  termMonths: z.int(),
  isPresent: z.boolean(),
});

/** A paid line that the change takes back. */
const CreditWire = z.object({
  invoiceId: idWire('inv'),
  number: z.string(),
  no: z.int(),
  description: Localised,
  paidMinor: Minor.describe('what the line cost'),
  from: DateWire.describe('the first day that goes back'),
  lastDay: DateWire.describe('the last day that was paid for'),
  days: z.object({ left: z.int(), of: z.int() }),
  beforeMinor: Minor.describe('given back of it before'),
  backMinor: Minor,
  refundable: z.boolean(),
});

/** What a change of the plan charges and gives back, and what becomes of components. */
export const PlanChangeWire = z.object({
  planId: z.string(),
  on: DateWire.describe('the first day under the new plan'),
  charge: QuoteWire,
  credits: z.array(CreditWire),
  creditMinor: Minor,
  netMinor: Minor.describe('to pay; below zero it goes to the balance'),
  components: z.array(
    z.object({
      entitlementId: idWire('ent'),
      componentId: z.string(),
      name: Localised,
      quantity: z.int(),
      before: State,
      as: z.enum([...State.options, 'deleted']),
    }),
  ),
  added: z.array(z.object({ componentId: z.string(), name: Localised })),
});

export type PlanOfferView = z.infer<typeof PlanOfferWire>;
export type PlanChangeView = z.infer<typeof PlanChangeWire>;
