import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  answerThreeDSecure,
  DECLINES_MAX,
  expire,
  leave,
  presentCard,
  refunded,
  settle,
  type SandboxPayment,
  type Step,
} from './payment.ts';
import { TEST_CARDS, type CardOutcome } from './test-cards.ts';

const open: SandboxPayment = {
  id: 'pay_1',
  pageToken: 'token',
  paymentId: 'our-1',
  amountMinor: 754_849n,
  currency: 'RUB',
  description: 'WHMCS',
  merchantName: 'Stoika',
  returnUrl: 'http://shop.example/',
  notifyUrl: 'http://shop.example/notify',
  locale: 'ru',
  state: 'open',
  failure: null,
  declines: 0,
  card: null,
  savesMethod: false,
  keptToken: null,
  hasPage: true,
  refundedMinor: 0n,
  expiresAtMs: 1_000,
};

const present = (payment: SandboxPayment, outcome: CardOutcome) =>
  presentCard(
    payment,
    { brand: 'Visa', last4: '0000', expires: { year: 2049, month: 12 }, outcome },
    8_000,
  );

test('a declined payer may try again, five times at most, and the shop hears each time', () => {
  let payment = open;
  const finals: boolean[] = [];
  for (let attempt = 0; attempt < DECLINES_MAX + 1; attempt += 1) {
    const step = present(payment, 'lacks-funds');
    finals.push(...step.announcements.map(({ final }) => final));
    payment = step.payment;
  }
  expect(finals).toEqual([false, false, false, false, true]);
  expect(payment).toMatchObject({ state: 'failed', failure: 'insufficient-funds' });
  expect(present({ ...open, declines: 3 }, 'succeeds').payment.state).toBe('succeeded');
});

test('who leaves after a decline has failed for the reason of the decline', () => {
  const declined = present(open, 'is-declined').payment;
  expect(leave(declined).payment.failure).toBe('card-declined');
  expect(leave(open).payment.failure).toBe('payer-left');
});

test('an open payment expires at its time, not before, and a pending one never by itself', () => {
  expect(expire(open, 999).payment).toBe(open);
  expect(expire(open, 1_000).payment).toMatchObject({ failure: 'payment-expired' });
  const pending = present(open, 'answers-late').payment;
  expect(expire(pending, 9_999).payment).toBe(pending);
});

test('refunds add up to the payment and not a kopeck more', () => {
  const paid = present(open, 'succeeds').payment;
  const half = refunded(paid, 400_000n, 'RUB');
  expect(half).toMatchObject({ refundedMinor: 400_000n });
  if (typeof half === 'string') return;
  expect(refunded(half, 354_850n, 'RUB')).toBe('refund-exceeds-payment');
  expect(refunded(half, 354_849n, 'RUB')).toMatchObject({ refundedMinor: 754_849n });
  expect(refunded(half, 1n, 'USD')).toBe('payment-currency-refused');
  expect(refunded(open, 1n, 'RUB')).toBe('payment-not-refundable');
});

test('whatever the payer does, a payment is decided once and the shop is told once', () => {
  const outcomes = TEST_CARDS.map(({ outcome }) => outcome);
  const moves: fc.Arbitrary<(payment: SandboxPayment) => Step> = fc.oneof(
    fc
      .constantFrom(...outcomes)
      .map((outcome) => (payment: SandboxPayment) => present(payment, outcome)),
    fc.boolean().map((right) => (payment: SandboxPayment) => answerThreeDSecure(payment, right)),
    fc.constant(settle),
    fc.constant(leave),
    fc.nat(2_000).map((nowMs) => (payment: SandboxPayment) => expire(payment, nowMs)),
  );
  fc.assert(
    fc.property(fc.array(moves, { maxLength: 30 }), (steps) => {
      let payment = open;
      let decisions = 0;
      for (const move of steps) {
        const before = payment.state;
        const step = move(payment);
        payment = step.payment;
        decisions += step.announcements.filter(({ final }) => final).length;
        if (before === 'succeeded' || before === 'failed') expect(payment.state).toBe(before);
      }
      const isSilent = payment.state === 'succeeded' && payment.card?.outcome === 'stays-silent';
      const isDecided = payment.state === 'succeeded' || payment.state === 'failed';
      expect(decisions).toBe(isDecided && !isSilent ? 1 : 0);
      expect(payment.amountMinor).toBe(open.amountMinor);
    }),
  );
});
