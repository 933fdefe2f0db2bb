import { describe, expect, test } from 'vitest';
import { eventMismatch, type GatewayEvent } from './gateway.ts';

const about = {
  eventId: 'evt_1',
  gatewayRef: 'pay_1',
  paymentId: 'our-1',
  occurredAt: Temporal.Instant.from('2023-04-03T09:00:00Z'),
  amountMinor: 754_849n,
  currency: 'RUB',
};
const expected = { paymentId: 'our-1', amountMinor: 754_849n, currency: 'RUB' };
const paid: GatewayEvent = { ...about, type: 'payment.succeeded' };

describe('a genuine event still has to speak of the payment we asked for', () => {
  test('to the kopeck, in its currency', () => {
    expect(eventMismatch(paid, expected)).toBeNull();
    expect(eventMismatch({ ...paid, amountMinor: 754_848n }, expected)).toBe('amount-differs');
    expect(eventMismatch({ ...paid, amountMinor: 754_850n }, expected)).toBe('amount-differs');
    expect(eventMismatch({ ...paid, currency: 'KZT' }, expected)).toBe('currency-differs');
    expect(eventMismatch({ ...paid, paymentId: 'our-2' }, expected)).toBe('payment-differs');
  });

  test('refunds may be parts, but never of more than was paid', () => {
    const refund = (amountMinor: bigint, refundedMinor: bigint): GatewayEvent => ({
      ...about,
      type: 'payment.refunded',
      refundRef: 'ref_1',
      refundId: 'our-r1',
      amountMinor,
      refundedMinor,
    });
    expect(eventMismatch(refund(100n, 100n), expected)).toBeNull();
    expect(eventMismatch(refund(100n, 754_849n), expected)).toBeNull();
    expect(eventMismatch(refund(100n, 754_850n), expected)).toBe('amount-differs');
    expect(eventMismatch(refund(200n, 100n), expected)).toBe('amount-differs');
    expect(eventMismatch(refund(0n, 100n), expected)).toBe('amount-differs');
  });
});
