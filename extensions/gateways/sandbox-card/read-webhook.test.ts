import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWebhook } from './read-webhook.ts';
import { signBody } from './signature.ts';

const NOW_MS = 1_700_000_000_000;
const SECRET = 'webhook-secret';
const data = { payment: 'pay_1', payment_id: 'our-1', amount_minor: '754849', currency: 'RUB' };
const event = { id: 'evt_1', type: 'payment.succeeded', created_at: '2023-04-03T09:00:00Z', data };

function receive(body: unknown, secret = SECRET) {
  const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const headers = { 'sandbox-signature': signBody([secret], rawBody, NOW_MS) };
  return readWebhook({ headers, rawBody, nowMs: NOW_MS }, [SECRET]);
}

test('a success arrives with our payment, its exact amount and its instant', () => {
  expect(receive(event)).toEqual({
    kind: 'event',
    event: {
      type: 'payment.succeeded',
      eventId: 'evt_1',
      gatewayRef: 'pay_1',
      paymentId: 'our-1',
      occurredAt: Temporal.Instant.from('2023-04-03T09:00:00Z'),
      amountMinor: 754_849n,
      currency: 'RUB',
    },
  });
});

test('a decline says whether the payer may still try', () => {
  const declined = { ...data, failure: 'insufficient-funds', final: false };
  expect(receive({ ...event, type: 'payment.failed', data: declined })).toMatchObject({
    event: { type: 'payment.failed', final: false, failure: { code: 'insufficient-funds' } },
  });
  const odd = { ...data, failure: 'constructor', final: true };
  expect(receive({ ...event, type: 'payment.failed', data: odd })).toMatchObject({
    event: { final: true, failure: { code: 'other' } },
  });
});

test('a refund carries its own amount beside all that was refunded', () => {
  const refund = { id: 'ref_1', refund_id: 'our-r1', amount_minor: '100', refunded_minor: '300' };
  expect(receive({ ...event, type: 'payment.refunded', data: { ...data, refund } })).toMatchObject({
    event: { amountMinor: 100n, refundedMinor: 300n, refundRef: 'ref_1', refundId: 'our-r1' },
  });
});

test('an event of a kind we do not use is acknowledged and left alone', () => {
  const verdict = receive({ ...event, type: 'dispute.opened' });
  expect(verdict).toEqual({ kind: 'ignored', type: 'dispute.opened' });
});

describe('refused', () => {
  test('when unsigned or signed by another', () => {
    const rawBody = Buffer.from(JSON.stringify(event));
    expect(readWebhook({ headers: {}, rawBody, nowMs: NOW_MS }, [SECRET])).toEqual({
      kind: 'refused',
      code: 'webhook-signature-missing',
    });
    const forged = { kind: 'refused', code: 'webhook-signature-wrong' };
    expect(receive(event, 'another-secret')).toEqual(forged);
  });

  test('when too old, too long or empty', () => {
    const rawBody = Buffer.from(JSON.stringify(event));
    const headers = { 'sandbox-signature': signBody([SECRET], rawBody, NOW_MS) };
    const late = { headers, rawBody, nowMs: NOW_MS + 300_001 };
    expect(readWebhook(late, [SECRET])).toMatchObject({ code: 'webhook-signature-stale' });
    const long = 'x'.repeat(64 * 1024 + 1);
    expect(receive(long)).toMatchObject({ code: 'webhook-body-too-large' });
    expect(receive('')).toMatchObject({ code: 'webhook-body-unreadable' });
  });

  test.each([
    ['no amount', { ...data, amount_minor: undefined }],
    ['an amount as a number', { ...data, amount_minor: 754849 }],
    ['a negative amount', { ...data, amount_minor: '-1' }],
    ['an amount with decimals', { ...data, amount_minor: '7548.49' }],
    ['an endless amount', { ...data, amount_minor: '9'.repeat(40) }],
    ['a currency in small letters', { ...data, currency: 'rub' }],
    ['no payment of ours', { ...data, payment_id: '' }],
  ])('when genuine but with %s', (_what, changed) => {
    const verdict = receive({ ...event, data: changed });
    expect(verdict).toEqual({ kind: 'refused', code: 'webhook-body-unreadable' });
  });

  test('and no signed body whatever makes it throw', () => {
    expect(receive({ ...event, created_at: 'yesterday' })).toMatchObject({ kind: 'refused' });
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(receive(JSON.stringify(body)).kind).not.toBe('event');
      }),
    );
  });
});
