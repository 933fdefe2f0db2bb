import { expect, it } from 'vitest';
import { afterTry, nextTryAt } from './delivery.ts';
import type { WebhookDelivery } from './delivery.ts';
import { secretsOf, switchOffCause } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { PUBLIC_EVENTS } from './public-events.ts';
import { signedHeaders } from './sign-delivery.ts';
import { WEBHOOK_EVENTS } from './webhook-words.ts';

const at = (iso: string) => Temporal.Instant.from(iso);
const NOW = at('2023-02-01T10:00:00Z');
const DELIVERY: WebhookDelivery = {
  id: 'whd_00000000000000000000',
  branch: 1,
  endpointId: 'whe_00000000000000000000',
  messageId: 'evt_00000000000000000000',
  event: 'invoice.paid',
  body: '{}',
  state: 'queued',
  createdAt: NOW,
  attempts: 0,
  firstAttemptAt: null,
  lastAttemptAt: null,
  nextAttemptAt: NOW,
  status: null,
  answer: null,
  error: null,
  tookMs: null,
};
const REFUSED = { status: 500, answer: '', error: null, tookMs: 1 };

/** Refused at every try, each made as soon as it may be. */
function refusedThroughout(): WebhookDelivery {
  let delivery = DELIVERY;
  while (delivery.nextAttemptAt) {
    delivery = afterTry(delivery, REFUSED, delivery.nextAttemptAt);
  }
  return delivery;
}

it('is tried for three days with growing pauses, then given up', () => {
  const delivery = refusedThroughout();
  expect([delivery.state, delivery.attempts]).toEqual(['failed', 10]);
  const hours = delivery.lastAttemptAt?.since(NOW).total('hours') ?? 0;
  expect(hours).toBeGreaterThan(70);
  expect(hours).toBeLessThan(73);
  let before = 0;
  for (let attempts = 1; attempts < 10; attempts += 1) {
    const pause = nextTryAt(attempts, NOW)?.since(NOW).total('seconds') ?? 0;
    expect(pause).toBeGreaterThanOrEqual(before);
    before = pause;
  }
});

it('is taken by any 2xx and by nothing else', () => {
  for (const [status, state] of [
    [200, 'sent'],
    [299, 'sent'],
    [199, 'queued'],
    [302, 'queued'],
    [500, 'queued'],
  ] as const) {
    expect(afterTry(DELIVERY, { ...REFUSED, status }, NOW).state, String(status)).toBe(state);
  }
});

it('switches its address off when nothing else got through in all its days', () => {
  const failed = refusedThroughout();
  expect(switchOffCause({ failingSince: NOW }, failed)).toBe('failing');
  const gotThrough = at('2023-02-02T10:00:00Z');
  expect(switchOffCause({ failingSince: gotThrough }, failed)).toBeNull();
  const once = afterTry(DELIVERY, REFUSED, NOW);
  expect(switchOffCause({ failingSince: NOW }, once)).toBeNull();
  const gone = afterTry(DELIVERY, { ...REFUSED, status: 410 }, NOW);
  expect(switchOffCause({ failingSince: NOW }, gone)).toBe('gone');
});

it('is signed as Standard Webhooks has it', () => {
  // What the libraries for receivers are tested with.
  const headers = signedHeaders(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], {
    messageId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    body: '{"test": 2432232314}',
    atMs: 1_614_265_330_000,
  });
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  expect(headers['webhook-timestamp']).toBe('1614265330');
});

it('is signed by the old secret too for one day after a change', () => {
  const previous = { secret: 'old', until: at('2023-02-02T10:00:00Z') };
  const endpoint = { secret: 'new', previous } as Endpoint;
  expect(secretsOf(endpoint, at('2023-02-02T09:59:59Z'))).toEqual(['new', 'old']);
  expect(secretsOf(endpoint, previous.until)).toEqual(['new']);
});

it('knows every event that the words name, once, in their order', () => {
  expect(PUBLIC_EVENTS.map(({ name }) => name)).toEqual([...WEBHOOK_EVENTS]);
});
