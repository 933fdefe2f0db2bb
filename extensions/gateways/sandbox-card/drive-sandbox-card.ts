import { randomUUID } from 'node:crypto';
import type { Fault } from './vendor/fault.ts';
import { TEST_CARDS, type CardOutcome } from './vendor/test-cards.ts';
import type { DeliveryRecord } from './vendor/vendor-store.ts';

/** Where the payer stands after a step: on a page of the sandbox, or sent back to the shop. */
export type PayerAt = { status: number; sentTo: string | null; text: string };

/** A payer without a browser, for tests here and across domains: submits what the pages ask. */
export function payerAt(redirectUrl: string) {
  const submit = async (path: string, fields: Record<string, string>): Promise<PayerAt> => {
    const address = new URL(redirectUrl);
    address.pathname += path;
    const body = new URLSearchParams(fields);
    const response = await fetch(address, { method: 'POST', body, redirect: 'manual' });
    const sentTo = response.headers.get('location');
    return { status: response.status, sentTo, text: await response.text() };
  };
  const payWith = (number: string, expiry = '12/49', cvc = '123') =>
    submit('', { number, expiry, cvc });
  return {
    payWith,
    pay: (outcome: CardOutcome) =>
      payWith(TEST_CARDS.find((card) => card.outcome === outcome)?.number ?? ''),
    /** The bank's 3-D Secure question; the right code is 1234. */
    confirm: (code = '1234') => submit('/3ds', { answer: 'confirm', code }),
    refuse: () => submit('/3ds', { answer: 'refuse' }),
    leave: () => submit('/leave', {}),
    look: async () => {
      const response = await fetch(redirectUrl);
      return { status: response.status, text: await response.text(), headers: response.headers };
    },
  };
}

/** The merchant's side of the sandbox that no contract covers: its faults and its deliveries. */
export function driveSandboxCard(url: string, apiKey: string) {
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    key = randomUUID() as string,
  ): Promise<unknown> => {
    const response = await fetch(`${url}/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.json();
  };
  return {
    /** Replaces the queue of faults. */
    misbehave: (...faults: (Pick<Fault, 'kind'> & Partial<Fault>)[]) =>
      call('PUT', 'faults', faults),
    /** Somebody gives money back at the bank's own counter, without telling the shop first. */
    refundElsewhere: async (paymentId: string, amountMinor: number, currency = 'RUB') => {
      const found = (await call('GET', `payments?payment_id=${paymentId}`)) as { id: string };
      const refundId = `counter-${randomUUID()}`;
      const amount = { amount_minor: String(amountMinor), currency };
      await call(
        'POST',
        'refunds',
        { refund_id: refundId, payment: found.id, ...amount },
        refundId,
      );
    },
    deliveries: async () => (await call('GET', 'deliveries')) as DeliveryRecord[],
  };
}
