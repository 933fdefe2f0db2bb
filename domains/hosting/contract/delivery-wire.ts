import { z } from 'zod';
import { idWire, InstantWire } from '#platform/http/wire.ts';
import { DELIVERY_KINDS, DELIVERY_STATES, STEP_NAMES, STEP_STATES } from '../delivery-words.ts';

const StepWire = z.object({
  name: z.enum(STEP_NAMES),
  state: z.enum(STEP_STATES),
  startedAt: InstantWire.nullable(),
  finishedAt: InstantWire.nullable(),
});

export const DeliveryWire = z.object({
  id: idWire('dlv'),
  subscriptionId: z.string(),
  entitlementId: z.string().nullable(),
  componentId: z.string().nullable(),
  orderId: z.string().nullable(),
  domainName: z.string(),
  kind: z.enum(DELIVERY_KINDS),
  state: z.enum(DELIVERY_STATES),
  waitsFor: z.enum(['package', 'licence']).nullable(),
  /** Why it has not come yet, as a code: `server-unreachable`, `no-node-free`, … */
  reason: z.string().nullable(),
  nextAttemptAt: InstantWire.nullable(),
  steps: z.array(StepWire),
  createdAt: InstantWire,
  startedAt: InstantWire.nullable(),
  finishedAt: InstantWire.nullable(),
});

export const StaffDeliveryWire = DeliveryWire.extend({
  clientId: z.string(),
  attempts: z.int(),
  lastError: z.string().nullable(),
  steps: z.array(StepWire.extend({ message: z.string().nullable() })),
});

export type DeliveryView = z.infer<typeof DeliveryWire>;
export type StaffDeliveryView = z.infer<typeof StaffDeliveryWire>;
