import type { GatewayEvent, GatewayPayment } from './gateway.ts';

/** What was read, as the event it amounts to; null while the payer may still pay. */
export function eventOfRead(
  read: GatewayPayment,
  occurredAt: Temporal.Instant,
): GatewayEvent | null {
  const common = {
    eventId: `read:${read.gatewayRef}:${read.state}`,
    gatewayRef: read.gatewayRef,
    paymentId: read.paymentId,
    occurredAt,
    amountMinor: read.amountMinor,
    currency: read.currency,
  };
  if (read.state === 'succeeded') {
    return { ...common, type: 'payment.succeeded', ...(read.kept && { kept: read.kept }) };
  }
  if (read.state === 'pending') return { ...common, type: 'payment.pending' };
  if (read.state === 'open') return null;
  const failure = read.failure ?? { code: 'other', message: '' };
  return { ...common, type: 'payment.failed', failure, final: true };
}
