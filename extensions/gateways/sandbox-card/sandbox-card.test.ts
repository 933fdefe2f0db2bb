import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type {
  GatewayConnection,
  GatewayEvent,
  KeptMethod,
  PaymentOrder,
  WebhookDelivery,
} from '#domains/payments/gateway.ts';
import { driveSandboxCard, payerAt } from './drive-sandbox-card.ts';
import { sandboxCard } from './sandbox-card.ts';
import { startSandboxCard } from './start-sandbox-card.ts';
import type { CardOutcome } from './vendor/test-cards.ts';
import { openSandboxCard, type SandboxCard } from './vendor/open-sandbox-card.ts';

const API_KEY = 'sandbox-api-key';
const SECRETS = ['webhook-secret-new', 'webhook-secret-old'];
const folder = mkdtempSync(join(tmpdir(), 'sandbox-card-'));
const options = {
  port: 0,
  folder,
  apiKey: API_KEY,
  webhookSecrets: SECRETS,
  lateMs: 250,
  retryBaseMs: 20,
};

let sandbox: SandboxCard;
let gateway: GatewayConnection;
let shop: Server;
let shopUrl: string;
let heard: WebhookDelivery[] = [];
/** What the shop answers to the next webhooks; 200 when empty. */
let shopAnswers: number[] = [];
let paymentCount = 0;

function connect(url: string, changes: Record<string, unknown> = {}): GatewayConnection {
  const settings = {
    baseUrl: url,
    apiKey: API_KEY,
    webhookSecrets: ['webhook-secret-old'],
    merchantName: 'Хостинг «Стойка»',
    timeoutMs: 3_000,
    ...changes,
  };
  const connection = sandboxCard.connect(settings, { nowMs: Date.now });
  if (connection.kind !== 'connected') throw new Error(connection.message);
  return connection;
}

function order(changes: Partial<PaymentOrder> = {}): PaymentOrder {
  paymentCount += 1;
  return {
    paymentId: `our-${process.pid}-${paymentCount}`,
    amountMinor: 754_849n,
    currency: 'RUB',
    description: 'Лицензия WHMCS <b>для example.ru</b>',
    returnUrl: `${shopUrl}/back`,
    notifyUrl: `${shopUrl}/notify`,
    locale: 'ru',
    ...changes,
  };
}

async function started(asked: PaymentOrder = order(), at = gateway) {
  const answer = await at.startPayment(asked);
  if (answer.kind !== 'started') throw new Error(`${answer.kind}: ${answer.message}`);
  return { ...asked, ...answer, payer: payerAt(answer.redirectUrl) };
}

/** What the shop heard of a payment, in the order in which it happened at the bank. */
function eventsOf(paymentId: string): GatewayEvent[] {
  return heard
    .map((delivery) => gateway.verifyWebhook(delivery))
    .flatMap((verdict) => (verdict.kind === 'event' ? [verdict.event] : []))
    .filter((event) => event.paymentId === paymentId)
    .toSorted((a, b) => Temporal.Instant.compare(a.occurredAt, b.occurredAt));
}

/** Waits until the shop has heard so many events of a payment; fails by giving the fewer ones. */
async function hears(paymentId: string, count: number): Promise<GatewayEvent[]> {
  for (let turn = 0; turn < 300 && eventsOf(paymentId).length < count; turn += 1) await delay(10);
  return eventsOf(paymentId);
}

beforeAll(async () => {
  shop = createServer(async (request, response) => {
    const rawBody = await buffer(request);
    const headers = request.headers as Record<string, string>;
    heard.push({ headers, rawBody, nowMs: Date.now() });
    response.writeHead(shopAnswers.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  sandbox = await openSandboxCard(options);
  gateway = connect(sandbox.url);
});
beforeEach(async () => {
  await driveSandboxCard(sandbox.url, API_KEY).misbehave();
  heard = [];
  shopAnswers = [];
});
afterAll(async () => {
  await sandbox.close();
  shop.closeAllConnections();
  await new Promise((resolve) => shop.close(resolve));
  rmSync(folder, { recursive: true });
});

describe('each test card', () => {
  test('that succeeds sends the payer back and tells the shop once', async () => {
    const payment = await started();
    expect(await payment.payer.pay('succeeds')).toMatchObject({
      status: 303,
      sentTo: payment.returnUrl,
    });
    expect(await hears(payment.paymentId, 1)).toMatchObject([
      { type: 'payment.succeeded', gatewayRef: payment.gatewayRef, amountMinor: 754_849n },
    ]);
    const read = await gateway.readPayment({ gatewayRef: payment.gatewayRef });
    expect(read).toMatchObject({ payment: { state: 'succeeded', paymentId: payment.paymentId } });
  });

  test.each([
    ['lacks-funds', 'insufficient-funds', 'не хватает денег'],
    ['is-declined', 'card-declined', 'отклонил карту'],
    ['is-expired', 'card-expired', 'просроченной'],
  ] as const)('that %s tells why and lets the payer try another', async (card, code, words) => {
    const { payer, paymentId } = await started();
    const answer = await payer.pay(card);
    expect(answer.status).toBe(303);
    expect((await payer.look()).text).toContain(words);
    expect(await hears(paymentId, 1)).toMatchObject([
      { type: 'payment.failed', final: false, failure: { code } },
    ]);
    const read = await gateway.readPayment({ paymentId });
    expect(read).toMatchObject({ payment: { state: 'open', failure: { code } } });
    await payer.pay('succeeds');
    expect(await hears(paymentId, 2)).toMatchObject([{}, { type: 'payment.succeeded' }]);
  });

  test('that asks 3-D Secure is paid with the right code only', async () => {
    const { payer, paymentId, returnUrl } = await started();
    await payer.pay('asks-three-d-secure');
    expect((await payer.look()).text).toContain('Код из сообщения');
    expect(await payer.confirm('0000')).toMatchObject({ status: 303 });
    await payer.pay('asks-three-d-secure');
    await payer.refuse();
    await payer.pay('asks-three-d-secure');
    expect(await payer.confirm()).toMatchObject({ sentTo: returnUrl });
    const failed = { type: 'payment.failed', failure: { code: 'three-d-secure-failed' } };
    const events = await hears(paymentId, 3);
    expect(events).toMatchObject([failed, failed, { type: 'payment.succeeded' }]);
  });

  test('that asks 3-D Secure may still be declined after the right code', async () => {
    const { payer, paymentId } = await started();
    await payer.pay('asks-then-declines');
    await payer.confirm();
    const declined = { type: 'payment.failed', failure: { code: 'card-declined' } };
    expect(await hears(paymentId, 1)).toMatchObject([declined]);
  });

  test('whose bank answers late lets the payer return before the outcome', async () => {
    const { payer, paymentId, returnUrl } = await started();
    expect(await payer.pay('answers-late')).toMatchObject({ sentTo: returnUrl });
    expect(await hears(paymentId, 1)).toMatchObject([{ type: 'payment.pending' }]);
    const read = await gateway.readPayment({ paymentId });
    expect(read).toMatchObject({ payment: { state: 'pending' } });
    expect(await hears(paymentId, 2)).toMatchObject([{}, { type: 'payment.succeeded' }]);
  });

  test('whose bank never answers expires', async () => {
    const { payer, paymentId } = await started();
    await payer.pay('never-answers');
    expect(await hears(paymentId, 2)).toMatchObject([
      { type: 'payment.pending' },
      { type: 'payment.failed', final: true, failure: { code: 'payment-expired' } },
    ]);
  });

  test('that answers twice tells the same event, two of them at once', async () => {
    const { payer, paymentId } = await started();
    await payer.pay('answers-twice');
    const events = await hears(paymentId, 3);
    expect(events).toHaveLength(3);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(1);
  });

  test('that loses the answer has paid all the same, and refunds even when nobody replies', async () => {
    const { payer, paymentId, gatewayRef } = await started();
    expect(await payer.pay('loses-answer')).toMatchObject({ status: 500, sentTo: null });
    expect(await hears(paymentId, 1)).toMatchObject([{ type: 'payment.succeeded' }]);
    const asked = { refundId: `r-${paymentId}`, gatewayRef, amountMinor: 100n, currency: 'RUB' };
    expect(await gateway.refund(asked)).toMatchObject({ kind: 'unreachable' });
    expect(await gateway.refund(asked)).toMatchObject({ kind: 'refunded', amountMinor: 100n });
    const read = await gateway.readPayment({ paymentId });
    expect(read).toMatchObject({ payment: { refundedMinor: 100n } });
  });

  test('whose success is never announced can only be read', async () => {
    const { payer, paymentId } = await started();
    await payer.pay('stays-silent');
    await delay(100);
    expect(eventsOf(paymentId)).toEqual([]);
    const read = await gateway.readPayment({ paymentId });
    expect(read).toMatchObject({ payment: { state: 'succeeded' } });
  });
});

describe('the hosted page', () => {
  test('shows what is paid to whom, escaped, in the payer’s language', async () => {
    const { payer, redirectUrl } = await started();
    const { text, headers } = await payer.look();
    expect(text).toContain('Оплатить 7\u202f548,49\u202f₽');
    expect(text).toContain('Хостинг «Стойка»');
    expect(text).toContain('&lt;b&gt;для example.ru');
    expect(text).not.toContain('<script');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    const english = await (await fetch(`${redirectUrl}?lang=en`)).text();
    expect(english).toContain('Pay ₽7,548.49');
  });

  test('names each field at fault, keeps what was typed and never shows the CVC again', async () => {
    const { payer } = await started();
    const answer = await payer.payWith('4242 4242 4242 4241', '01/20', '9876');
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('В номере ошибка');
    expect(answer.text).toContain('Срок карты истёк');
    expect(answer.text).toContain('4242 4242 4242 4241');
    expect(answer.text).not.toContain('9876');
  });

  test('a double click pays once', async () => {
    const { payer, paymentId, returnUrl } = await started();
    const clicks = await Promise.all(Array.from({ length: 8 }, () => payer.pay('succeeds')));
    expect(clicks.map(({ sentTo }) => sentTo)).toEqual(Array(8).fill(returnUrl));
    await hears(paymentId, 1);
    await delay(100);
    expect(eventsOf(paymentId)).toHaveLength(1);
  });

  test('leaving ends the payment, and nothing can be paid afterwards', async () => {
    const { payer, paymentId, returnUrl } = await started();
    expect(await payer.leave()).toMatchObject({ status: 303, sentTo: returnUrl });
    await payer.pay('succeeds');
    expect(await hears(paymentId, 1)).toMatchObject([
      { type: 'payment.failed', final: true, failure: { code: 'payer-left' } },
    ]);
    expect((await payer.look()).text).toContain('Платёж не состоялся');
  });

  test('of an unknown payment says so', async () => {
    const response = await fetch(`${sandbox.url}/pay/${'x'.repeat(32)}`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('Такого платежа нет');
  });

  test('leaves no trace of card numbers or CVCs in what is stored', async () => {
    const { payer } = await started();
    await payer.payWith('4000 0000 0000 9995', '12/49', '731');
    const stored = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    expect(stored.join('')).toContain('9995');
    expect(stored.join('')).not.toMatch(/4000 ?0000 ?0000 ?9995/);
  });
});

describe('asking again with the same id', () => {
  test('gives the same payment, also when the first answer was lost', async () => {
    const drive = driveSandboxCard(sandbox.url, API_KEY);
    for (const kind of ['work-then-drop', 'work-then-500', 'http-500', 'drop'] as const) {
      const asked = order();
      await drive.misbehave({ kind, operation: 'payments.create' });
      expect(await gateway.startPayment(asked)).toMatchObject({ kind: 'unreachable' });
      const [one, two] = await Promise.all([started(asked), started(asked)]);
      expect(one.gatewayRef).toBe(two.gatewayRef);
      expect(one.redirectUrl).toBe(two.redirectUrl);
    }
  });

  test('but for another amount is refused', async () => {
    const asked = order();
    await started(asked);
    const other = gateway.startPayment({ ...asked, amountMinor: 1n });
    expect(await other).toMatchObject({ kind: 'refused', code: 'payment-id-reused' });
  });

  test('a slow answer is no answer, and the next one is the same payment', async () => {
    const hasty = connect(sandbox.url, { timeoutMs: 100 });
    const drive = driveSandboxCard(sandbox.url, API_KEY);
    await drive.misbehave({ kind: 'slow', delayMs: 400, operation: 'payments.create' });
    const asked = order();
    expect(await hasty.startPayment(asked)).toMatchObject({
      kind: 'unreachable',
      message: 'TimeoutError',
    });
    await delay(400);
    const { gatewayRef } = await started(asked);
    const read = await gateway.readPayment({ paymentId: asked.paymentId });
    expect(read).toMatchObject({ payment: { gatewayRef } });
  });
});

describe('refused', () => {
  test.each([
    [{ amountMinor: 0n }, 'payment-amount-refused'],
    [{ amountMinor: -5n }, 'payment-amount-refused'],
    [{ amountMinor: 10n ** 16n }, 'payment-amount-refused'],
    [{ currency: 'ZZZ' }, 'payment-currency-refused'],
    [{ returnUrl: 'javascript:alert(1)' }, 'gateway-request-refused'],
    [{ notifyUrl: 'file:///etc/passwd' }, 'gateway-request-refused'],
  ] as const)('a payment with %o', async (changes, code) => {
    const answer = await gateway.startPayment(order(changes));
    expect(answer).toMatchObject({ kind: 'refused', code });
  });

  test('wrong credentials, unknown payments and settings that make no sense', async () => {
    const stranger = connect(sandbox.url, { apiKey: 'somebody else' });
    const refused = { kind: 'refused', code: 'gateway-credentials-refused' };
    expect(await stranger.startPayment(order())).toMatchObject(refused);
    const unknown = { kind: 'refused', code: 'payment-not-found' };
    expect(await gateway.readPayment({ paymentId: 'nobody' })).toMatchObject(unknown);
    const settings = { apiKey: API_KEY, webhookSecrets: [], merchantName: 'x' };
    expect(sandboxCard.connect(settings, { nowMs: Date.now })).toMatchObject({
      kind: 'settings-refused',
      field: 'webhookSecrets',
    });
  });
});

describe('refunds', () => {
  test('in parts up to the whole, each once, each announced', async () => {
    const { payer, paymentId, gatewayRef } = await started();
    const asked = { refundId: `a-${paymentId}`, gatewayRef, currency: 'RUB' };
    const early = await gateway.refund({ ...asked, amountMinor: 1n });
    expect(early).toMatchObject({ kind: 'refused', code: 'payment-not-refundable' });
    await payer.pay('succeeds');
    const part = { ...asked, amountMinor: 700_000n };
    const both = await Promise.all([gateway.refund(part), gateway.refund(part)]);
    expect(both[0]).toEqual(both[1]);
    const over = { ...asked, refundId: `b-${paymentId}`, amountMinor: 54_850n };
    expect(await gateway.refund(over)).toMatchObject({ code: 'refund-exceeds-payment' });
    const foreign = { ...over, amountMinor: 1n, currency: 'USD' };
    expect(await gateway.refund(foreign)).toMatchObject({ code: 'payment-currency-refused' });
    const rest = await gateway.refund({ ...over, amountMinor: 54_849n });
    expect(rest).toMatchObject({ kind: 'refunded' });
    const events = await hears(paymentId, 3);
    expect(events.filter(({ type }) => type === 'payment.refunded')).toMatchObject([
      { amountMinor: 700_000n, refundedMinor: 700_000n },
      { amountMinor: 54_849n, refundedMinor: 754_849n },
    ]);
  });
});

describe('a card that is kept', () => {
  /** The method of a payment by this card, as the shop is told of it. */
  async function kept(outcome: CardOutcome, confirms = false, events = 1) {
    const { payer, paymentId } = await started(order({ saveMethod: true }));
    await payer.pay(outcome);
    if (confirms) await payer.confirm();
    const heardOf = await hears(paymentId, events);
    const event = heardOf.find(({ type }) => type === 'payment.succeeded');
    if (event?.type !== 'payment.succeeded' || !event.kept) throw new Error('nothing was kept');
    return event.kept;
  }
  const methods = () => {
    if (!gateway.savedMethods) throw new Error('keeps nothing');
    return gateway.savedMethods;
  };
  const chargeOf = ({ token }: KeptMethod) => {
    const { returnUrl: _, ...asked } = order();
    return { ...asked, token };
  };

  test('is told of without its number, and only with consent', async () => {
    expect(await kept('succeeds')).toEqual({
      token: expect.stringMatching(/^card_/),
      brand: 'Visa',
      last4: '4242',
      expires: { year: 2049, month: 12 },
    });
    const { payer, paymentId } = await started();
    await payer.pay('succeeds');
    const read = await gateway.readPayment({ paymentId });
    expect(read).toMatchObject({ kind: 'payment', payment: { state: 'succeeded' } });
    expect(read).not.toHaveProperty('payment.kept');
  });

  test('is charged once under one key, whatever becomes of the answers', async () => {
    const charge = chargeOf(await kept('loses-answer'));
    expect(await methods().charge(charge)).toMatchObject({ kind: 'unreachable' });
    const again = await Promise.all([methods().charge(charge), methods().charge(charge)]);
    expect(again[0]).toMatchObject({ kind: 'payment', payment: { state: 'succeeded' } });
    expect(again[1]).toEqual(again[0]);
    expect(await gateway.readPayment({ paymentId: charge.paymentId })).toEqual(again[0]);
    const other = { ...charge, amountMinor: 1n };
    expect(await methods().charge(other)).toMatchObject({ code: 'payment-id-reused' });
  });

  test.each([
    ['asks-three-d-secure', 'payer-needed'],
    ['later-declined', 'card-declined'],
    ['later-expired', 'card-expired'],
    ['later-stolen', 'card-stolen'],
  ] as const)('that %s fails for good with %s', async (outcome, code) => {
    const charge = chargeOf(await kept(outcome, outcome === 'asks-three-d-secure'));
    expect(await methods().charge(charge)).toMatchObject({
      payment: { state: 'failed', failure: { code } },
    });
    expect(await hears(charge.paymentId, 1)).toMatchObject([{ final: true, failure: { code } }]);
  });

  test('without money is good for it at the third charge', async () => {
    const method = await kept('later-lacks-funds');
    const states = [];
    for (let tries = 0; tries < 3; tries += 1) {
      const answer = await methods().charge(chargeOf(method));
      states.push(answer.kind === 'payment' && answer.payment.state);
    }
    expect(states).toEqual(['failed', 'failed', 'succeeded']);
  });

  test('answers late when its bank does', async () => {
    const charge = chargeOf(await kept('answers-late', false, 2));
    expect(await methods().charge(charge)).toMatchObject({ payment: { state: 'pending' } });
    const types = (await hears(charge.paymentId, 2)).map(({ type }) => type);
    expect(types).toEqual(['payment.pending', 'payment.succeeded']);
  });

  test('is forgotten once told, and cannot be charged any more', async () => {
    const method = await kept('succeeds');
    expect(await methods().forget(method.token)).toEqual({ kind: 'forgotten' });
    expect(await methods().forget(method.token)).toEqual({ kind: 'forgotten' });
    expect(await methods().charge(chargeOf(method))).toMatchObject({ code: 'method-not-found' });
  });
});

describe('webhooks', () => {
  test('are signed with every secret in use, so either may be retired first', async () => {
    const { payer, paymentId } = await started();
    await payer.pay('succeeds');
    await hears(paymentId, 1);
    const [delivery] = heard;
    if (!delivery) throw new Error('nothing was heard');
    const newOnly = connect(sandbox.url, { webhookSecrets: ['webhook-secret-new'] });
    const neither = connect(sandbox.url, { webhookSecrets: ['webhook-secret-other'] });
    expect(newOnly.verifyWebhook(delivery)).toMatchObject({ kind: 'event' });
    expect(neither.verifyWebhook(delivery)).toMatchObject({ code: 'webhook-signature-wrong' });
    const altered = Buffer.from(delivery.rawBody.toString().replace('754849', '100'));
    const forged = { ...delivery, rawBody: altered };
    expect(gateway.verifyWebhook(forged)).toMatchObject({ code: 'webhook-signature-wrong' });
    const old = { ...delivery, nowMs: Date.now() + 302_000 };
    expect(gateway.verifyWebhook(old)).toMatchObject({ code: 'webhook-signature-stale' });
  });

  test('come again until the shop says 2xx, always as the same event', async () => {
    shopAnswers = [500, 302, 404];
    const { payer, paymentId } = await started();
    await payer.pay('succeeds');
    const events = await hears(paymentId, 4);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(1);
    await delay(200);
    expect(eventsOf(paymentId)).toHaveLength(4);
    const deliveries = await driveSandboxCard(sandbox.url, API_KEY).deliveries();
    expect(deliveries[0]).toMatchObject({ tries: 4, dueAtMs: null, lastAnswer: '200' });
  });
});

test('a payment left alone expires', async () => {
  const own = mkdtempSync(join(tmpdir(), 'sandbox-card-short-'));
  const short = await openSandboxCard({ ...options, folder: own, payWithinMs: 80 });
  const asked = order();
  await started(asked, connect(short.url));
  expect(await hears(asked.paymentId, 1)).toMatchObject([
    { type: 'payment.failed', final: true, failure: { code: 'payment-expired' } },
  ]);
  await short.close();
  rmSync(own, { recursive: true });
});

describe('as a process of its own', () => {
  test('it is killed with -9 and keeps its payments, its promises and its webhooks', async () => {
    const own = mkdtempSync(join(tmpdir(), 'sandbox-card-killed-'));
    const first = await startSandboxCard({ ...options, folder: own, lateMs: 600 });
    const asked = order();
    const late = order();
    const { payer, gatewayRef } = await started(asked, connect(first.url));
    shopAnswers = Array<number>(100).fill(503);
    await payer.pay('succeeds');
    await (await started(late, connect(first.url))).payer.pay('answers-late');
    await first.kill();

    shopAnswers = [];
    heard = [];
    const second = await startSandboxCard({ ...options, folder: own, lateMs: 600 });
    const again = await started(asked, connect(second.url));
    expect(again.gatewayRef).toBe(gatewayRef);
    expect((await hears(asked.paymentId, 1)).at(-1)).toMatchObject({ type: 'payment.succeeded' });
    const outcome = (await hears(late.paymentId, 2)).map(({ type }) => type);
    expect(outcome).toContain('payment.succeeded');
    await second.stop();
    expect(await second.exited).toBe(0);
    rmSync(own, { recursive: true });
  });
});
