import { randomBytes } from 'node:crypto';
import type { FailureCode } from '#domains/payments/gateway.ts';
import { chargeMethod } from './charge-method.ts';
import type { KeptCard } from './charge-method.ts';
import { expire, settle, type Announcement, type SandboxPayment, type Step } from './payment.ts';
import type { SandboxRefund, VendorStore } from './vendor-store.ts';

export type Bank = ReturnType<typeof openBank>;

export const FAILURE_WORDS: Readonly<Record<FailureCode, string>> = {
  'insufficient-funds': 'The card has insufficient funds.',
  'card-declined': 'The bank declined the card.',
  'card-expired': 'The card has expired.',
  'card-stolen': 'The card was reported lost or stolen.',
  'three-d-secure-failed': 'The bank did not confirm the payer.',
  'payer-needed': 'The bank wants the payer to confirm.',
  'method-unknown': 'There is no such saved card.',
  'payer-left': 'The payer left without paying.',
  'payment-expired': 'Nobody paid in time.',
  other: 'The payment failed.',
};

const COPY_DELAYS_MS = [0, 0, 1_000];

/** Moves payments and writes what the shop must be told, both or neither. */
export function openBank(store: VendorStore, nowMs: () => number, wake: () => void) {
  const save = (step: Step): void => {
    const { announcements, settleAfterMs } = step;
    const payment = withKeptCard(store, step.payment);
    const isOpen = payment.state === 'open' || payment.state === 'three-d-secure';
    const answerAtMs = settleAfterMs === null ? null : nowMs() + settleAfterMs;
    store.savePayment(payment, isOpen ? payment.expiresAtMs : answerAtMs);
    for (const announcement of announcements) announce(payment, announcement);
  };
  const tell = (payment: SandboxPayment, type: string, copies: number, more: object): void => {
    const id = `evt_${randomBytes(12).toString('hex')}`;
    const body = eventBody(id, type, payment, more, nowMs());
    for (const delayMs of COPY_DELAYS_MS.slice(0, copies)) {
      store.addDelivery(id, payment.notifyUrl, body, nowMs() + delayMs);
    }
  };
  const announce = (payment: SandboxPayment, { type, final, copies }: Announcement): void => {
    const { failure } = payment;
    const kept = keptMethod(payment);
    const told = kept && type === 'payment.succeeded' ? { saved_method: kept } : {};
    tell(payment, type, copies, type === 'payment.failed' ? { failure, final } : told);
  };

  return {
    open(payment: SandboxPayment): void {
      store.savePayment(payment, payment.expiresAtMs);
      wake();
    },
    /** Inside the caller's transaction. */
    charge(payment: SandboxPayment, kept: KeptCard, lateMs: number): Step {
      const step = chargeMethod(payment, kept, lateMs);
      store.saveCard({ ...kept, charges: kept.charges + 1 });
      save(step);
      wake();
      return step;
    },
    /** Loads, decides, saves and announces; the step taken, or null for an unknown page. */
    move(pageToken: string, decide: (payment: SandboxPayment) => Step): Step | null {
      const step = store.transaction(() => {
        const payment = store.paymentByToken(pageToken);
        if (!payment) return null;
        const next = decide(payment);
        if (next.payment !== payment) save(next);
        return next;
      });
      wake();
      return step;
    },
    /** Late answers and expiries whose time has come. */
    settleDue(): void {
      for (const { pageToken } of store.duePayments(nowMs())) {
        this.move(pageToken, (payment) =>
          payment.state === 'pending' ? settle(payment) : expire(payment, nowMs()),
        );
      }
    },
    /** Inside the caller's transaction. */
    recordRefund(payment: SandboxPayment, refund: SandboxRefund): void {
      store.savePayment(payment, null);
      store.saveRefund(refund);
      const { id, refundId, amountMinor } = refund;
      tell(payment, 'payment.refunded', 1, {
        refund: {
          id,
          refund_id: refundId,
          amount_minor: String(amountMinor),
          refunded_minor: String(payment.refundedMinor),
        },
      });
      wake();
    },
  };
}

/** The card of a payment that has succeeded is kept, if its payer agreed to that. */
function withKeptCard(store: VendorStore, payment: SandboxPayment): SandboxPayment {
  const { card, savesMethod, keptToken, state } = payment;
  if (!card || !savesMethod || keptToken !== null || state !== 'succeeded') return payment;
  const token = `card_${randomBytes(18).toString('base64url')}`;
  store.saveCard({ token, card, charges: 0 });
  return { ...payment, keptToken: token };
}

/** The kept card of a payment as the shop is told of it. */
export function keptMethod({ keptToken, card }: SandboxPayment): Record<string, unknown> | null {
  if (keptToken === null || !card) return null;
  const { brand, last4, expires } = card;
  return { token: keptToken, brand, last4, exp_year: expires.year, exp_month: expires.month };
}

function eventBody(
  id: string,
  type: string,
  payment: SandboxPayment,
  more: object,
  nowMs: number,
): string {
  const created = Temporal.Instant.fromEpochMilliseconds(nowMs).toString();
  const data = {
    payment: payment.id,
    payment_id: payment.paymentId,
    amount_minor: String(payment.amountMinor),
    currency: payment.currency,
    ...more,
  };
  return JSON.stringify({ id, type, created_at: created, data });
}
