import { z } from 'zod';
import { eventType } from '#platform/events.ts';

const Payload = z.object({
  licenceId: z.string(),
  entitlementId: z.string(),
  subscriptionId: z.string(),
  clientId: z.string(),
  componentId: z.string(),
});

/** The key is there; the subject of all of these is the subscription. */
export const licenceIssued = eventType('licence.issued', Payload);
/** The supplier said no: nothing was bought, staff decide. */
export const licenceRefused = eventType('licence.refused', Payload.extend({ reason: z.string() }));
/** The supplier has confirmed that the key is dead. */
export const licenceEnded = eventType('licence.ended', Payload);
