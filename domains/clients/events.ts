import { z } from 'zod';
import { eventType } from '#platform/events.ts';

export const clientRegistered = eventType(
  'client.registered',
  z.object({ brandId: z.string(), sellerId: z.string() }),
);
export const clientChanged = eventType('client.changed', z.object({ fields: z.array(z.string()) }));
/** A register's word on the client's present tax number differs from what was known. */
export const clientTaxIdChecked = eventType(
  'client.tax-id-checked',
  z.object({ state: z.string(), requestId: z.string().nullable() }),
);
export const clientClosed = eventType('client.closed', z.object({}));
export const clientReopened = eventType('client.reopened', z.object({}));
