import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HttpServer } from '#app/http-server.ts';
import { payerAt } from '#extensions/gateways/sandbox-card/drive-sandbox-card.ts';
import type { TestShop } from '#test/harness/start-shop.ts';
import type { VisitorAnswer } from '#test/harness/visitor.ts';
import { BANK_TRANSFER } from './index.ts';
import {
  API_KEY,
  becomes,
  CARD,
  invoicePayment,
  startPaymentShop,
  WEBHOOK_SECRET,
} from './payments-test.ts';
import type { Buyer } from './payments-test.ts';

let shop: TestShop;
let http: HttpServer;
let bank: Awaited<ReturnType<typeof startPaymentShop>>['bank'];
let staff: Awaited<ReturnType<TestShop['staff']>>;
let buyer: Awaited<ReturnType<typeof startPaymentShop>>['buyer'];
let opened: Awaited<ReturnType<typeof startPaymentShop>>;

beforeAll(async () => {
  opened = await startPaymentShop();
  ({ shop, http, bank, staff, buyer } = opened);
});
afterAll(() => opened.stop());
afterEach(() => opened.check());

/** The notification that the gateway would send, or that somebody else would like us to believe. */
async function notify(
  payment: { id: string; amount: { minor: number; currency: string } },
  changes: { brandId?: string; secret?: string; data?: object } = {},
): Promise<VisitorAnswer> {
  const body = JSON.stringify({
    id: `evt-${payment.id}`,
    type: 'payment.succeeded',
    created_at: new Date().toISOString(),
    data: {
      payment: `ref-${payment.id}`,
      payment_id: payment.id,
      amount_minor: String(payment.amount.minor),
      currency: payment.amount.currency,
      ...changes.data,
    },
  });
  const t = Math.floor(Date.now() / 1000);
  const v1 = createHmac('sha256', changes.secret ?? WEBHOOK_SECRET)
    .update(`${t}.${body}`)
    .digest('hex');
  const brandId = changes.brandId ?? shop.shops.operatorBrand.id;
  const response = await fetch(`http://localhost:${http.port}/hooks/gateways/${brandId}/${CARD}`, {
    method: 'POST',
    headers: { 'sandbox-signature': `t=${t},v1=${v1}` },
    body,
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text.startsWith('{') ? JSON.parse(text) : text,
    headers: response.headers,
  };
}

/** How often the ledger took money for a payment. */
async function bookings(id: string): Promise<number> {
  const { rows } = await shop.run((ctx) =>
    sql<{ n: number }>`select count(*)::int as n from ledger_txn where cause = ${id}`.execute(
      ctx.tx,
    ),
  );
  return rows[0]?.n ?? 0;
}

describe('a card payment', () => {
  it('pays its invoice, and the payer comes back to the page of the payment', async () => {
    const who = await buyer();
    const { invoiceId, started, payer } = await invoicePayment(who);
    expect(started).toMatchObject({
      state: 'pending',
      amount: { minor: 7_680_00, currency: 'RUB' },
    });
    const back = await payer.pay('succeeds');
    expect(back.sentTo).toBe(`http://localhost:${http.port}/account/payments/${started.id}`);
    const paid = await becomes(who, started.id, 'succeeded');
    expect(paid).toMatchObject({
      received: { minor: 7_680_00 },
      failureCode: null,
      redirectUrl: null,
    });
    expect(await who.invoice(invoiceId)).toMatchObject({ state: 'paid', due: { minor: 0 } });
  });

  it('that was declined says why, stays open, and succeeds with another card', async () => {
    const who = await buyer();
    const { invoiceId, started, payer } = await invoicePayment(who);
    await payer.pay('lacks-funds');
    await expect
      .poll(async () => (await who.payment(started.id)).failureCode, { timeout: 9000 })
      .toBe('insufficient-funds');
    const declined = await who.payment(started.id);
    expect(declined).toMatchObject({ state: 'pending', redirectUrl: started.redirectUrl });
    await payer.pay('succeeds');
    await becomes(who, started.id, 'succeeded');
    expect((await who.invoice(invoiceId)).state).toBe('paid');
  });

  it('that the payer left is failed for good, and the invoice takes a new one', async () => {
    const who = await buyer();
    const { invoiceId, started, payer } = await invoicePayment(who);
    await payer.leave();
    expect(await becomes(who, started.id, 'failed')).toMatchObject({ failureCode: 'payer-left' });
    expect((await who.invoice(invoiceId)).state).toBe('issued');
    const again = await who.start({ invoiceId, gatewayId: CARD });
    expect(again.body.id).not.toBe(started.id);
    await payerAt(again.body.redirectUrl).pay('succeeds');
    await becomes(who, again.body.id, 'succeeded');
    expect((await who.invoice(invoiceId)).state).toBe('paid');
  });

  it('whose bank answers late waits, and is paid when the answer comes', async () => {
    const who = await buyer();
    const { invoiceId, started, payer } = await invoicePayment(who);
    const back = await payer.pay('answers-late');
    expect(back.sentTo).toContain(started.id);
    expect((await who.payment(started.id)).state).toBe('pending');
    await becomes(who, started.id, 'succeeded');
    expect((await who.invoice(invoiceId)).state).toBe('paid');
  });

  it('of which we are told three times, two at once, is booked once', async () => {
    const who = await buyer();
    const { started, payer } = await invoicePayment(who);
    await payer.pay('answers-twice');
    await becomes(who, started.id, 'succeeded');
    await expect
      .poll(
        async () =>
          (await bank.deliveries())
            .filter(({ body }) => body.includes(started.id))
            .map(({ lastAnswer }) => lastAnswer),
        { timeout: 9000 },
      )
      .toEqual(['200', '200', '200']);
    expect(await bookings(started.id)).toBe(1);
  });

  it('of which we are told eight times at the same moment is booked once', async () => {
    const who = await buyer();
    const { invoiceId, started } = await invoicePayment(who);
    const told = await Promise.all(Array.from({ length: 8 }, () => notify(started)));
    expect(told.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect(await bookings(started.id)).toBe(1);
    expect(await who.invoice(invoiceId)).toMatchObject({
      state: 'paid',
      paid: { minor: 7_680_00 },
    });
  });

  it('whose gateway tells nobody is found out when the payer asks', async () => {
    const who = await buyer();
    const { started, payer } = await invoicePayment(who);
    await payer.pay('stays-silent');
    expect((await who.payment(started.id)).state).toBe('pending');
    const asked = await who.ok('POST', `/v1/payments/${started.id}/refresh`, {});
    expect(asked.state).toBe('succeeded');
  });

  it('that nobody speaks of is asked about as time goes on', async () => {
    const who = await buyer();
    const { invoiceId, started, payer } = await invoicePayment(who);
    await payer.pay('stays-silent');
    await shop.moveTo(shop.clock.now().add({ minutes: 3 }).toString());
    expect((await who.payment(started.id)).state).toBe('succeeded');
    expect((await who.invoice(invoiceId)).state).toBe('paid');
  });
});

describe('starting a payment', () => {
  it('twenty times at once under one key opens one', async () => {
    const who = await buyer();
    const invoiceId = await who.order();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => who.start({ invoiceId, gatewayId: CARD }, 'one-key')),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(new Set(answers.map(({ body }) => body.redirectUrl)).size).toBe(1);
    const { items } = await who.ok('GET', '/v1/payments');
    expect(items).toHaveLength(1);
  });

  it('keeps the key of one invoice from opening a payment of another', async () => {
    const who = await buyer();
    const [first, second] = [await who.order(), await who.order()];
    await who.start({ invoiceId: first, gatewayId: CARD }, 'first-key');
    const reused = await who.start({ invoiceId: second, gatewayId: CARD }, 'first-key');
    expect([reused.status, reused.body.code]).toEqual([409, 'idempotency-key-reused']);
  });

  it.each(['work-then-500', 'work-then-drop'] as const)(
    'whose answer was lost (%s) goes on with the same payment at the gateway',
    async (kind) => {
      const who = await buyer();
      const invoiceId = await who.order();
      await bank.misbehave({ kind, operation: 'payments.create' });
      const lost = await who.start({ invoiceId, gatewayId: CARD });
      expect(lost.body).toMatchObject({ state: 'starting', redirectUrl: null });
      const found = await who.ok('POST', `/v1/payments/${lost.body.id}/refresh`, {});
      expect(found).toMatchObject({ id: lost.body.id, state: 'pending' });
      await payerAt(found.redirectUrl).pay('succeeds');
      await becomes(who, lost.body.id, 'succeeded');
      expect(await bookings(lost.body.id)).toBe(1);
    },
  );

  it('again from another host name and in another language tells the gateway the same', async () => {
    const who = await buyer();
    const invoiceId = await who.order();
    await bank.misbehave({ kind: 'work-then-drop', operation: 'payments.create' });
    const lost = await who.start({ invoiceId, gatewayId: CARD }, 'moving-key');
    expect(lost.body.state).toBe('starting');
    await who.ok('PATCH', '/v1/person', { language: 'en' });
    await shop.run((ctx) =>
      sql`update client set language = 'en' where id = (
        select client_id from payment where id = ${lost.body.id})`.execute(ctx.tx),
    );
    const again = await who.call(
      'POST',
      '/v1/payments',
      { invoiceId, gatewayId: CARD, returnPath: '/account/elsewhere' },
      'moving-key',
    );
    expect(again.body).toMatchObject({ id: lost.body.id, state: 'pending', failureCode: null });
  });

  it('is refused for what is paid, void, unknown, and through what is switched off', async () => {
    const who = await buyer();
    const { invoiceId, started, payer } = await invoicePayment(who);
    await payer.pay('succeeds');
    await becomes(who, started.id, 'succeeded');
    const paid = await who.start({ invoiceId, gatewayId: CARD });
    expect([paid.status, paid.body.code]).toEqual([409, 'invoice-already-paid']);
    const open = await who.order();
    const unknown = await who.start({ invoiceId: open, gatewayId: 'no-such-gateway' });
    expect(unknown.body).toMatchObject({ code: 'gateway-unavailable', field: 'gatewayId' });
    const elsewhere = await who.start({
      invoiceId: open,
      gatewayId: CARD,
      returnPath: '//evil.example/',
    });
    expect(elsewhere.body).toMatchObject({ code: 'input-invalid', field: 'returnPath' });
  });
});

describe('a notification', () => {
  it('with a wrong signature changes nothing', async () => {
    const who = await buyer();
    const { started } = await invoicePayment(who);
    const told = await notify(started, { secret: 'somebody-elses-secret' });
    expect([told.status, told.body.code]).toEqual([401, 'webhook-signature-wrong']);
    expect((await who.payment(started.id)).state).toBe('pending');
  });

  it.each([
    ['another amount', { amount_minor: '1' }, 'payment-amount-differs'],
    ['a kopeck more', { amount_minor: '768001' }, 'payment-amount-differs'],
    ['another currency', { currency: 'KZT' }, 'payment-currency-differs'],
  ])('of %s is refused and kept for staff to see', async (_what, data, code) => {
    const who = await buyer();
    const { invoiceId, started } = await invoicePayment(who);
    const told = await notify(started, { data });
    expect([told.status, told.body.code]).toEqual([422, code]);
    expect((await who.payment(started.id)).state).toBe('pending');
    expect((await who.invoice(invoiceId)).state).toBe('issued');
    const seen = await staff.ok('GET', `/v1/admin/payments/${started.id}`);
    expect(seen.notifications).toMatchObject([{ outcome: code.replace('payment-', '') }]);
  });

  it("under one brand's key says nothing of another brand's payments", async () => {
    const who = await buyer('northbyte.localhost');
    const { started } = await invoicePayment(who);
    const told = await notify(started, { brandId: shop.shops.operatorBrand.id });
    expect([told.status, told.body.code]).toEqual([404, 'payment-not-found']);
    expect((await who.payment(started.id)).state).toBe('pending');
  });
});

describe('money for the balance', () => {
  it('comes by card, stands on the statement, and pays an invoice', async () => {
    const who = await buyer();
    const amount = { minor: 10_000_00, currency: 'RUB' };
    const started = await who.ok('POST', '/v1/payments', { amount, gatewayId: CARD });
    await payerAt(started.redirectUrl).pay('succeeds');
    await becomes(who, started.id, 'succeeded');
    const before = await who.ok('GET', '/v1/balance');
    expect(before).toMatchObject({ held: amount, items: [{ kind: 'top-up', amount }] });
    const invoiceId = await who.order();
    await who.ok('POST', `/v1/invoices/${invoiceId}/pay-from-balance`, {});
    const { number } = await who.invoice(invoiceId);
    expect(await who.ok('GET', '/v1/balance')).toMatchObject({
      held: { minor: 2_320_00 },
      items: [{ amount: { minor: -7_680_00 }, documentNumber: number }, { kind: 'top-up' }],
    });
  });

  it.each([
    ['nothing', { minor: 0, currency: 'RUB' }, 'amount-invalid'],
    ['less than nothing', { minor: -5, currency: 'RUB' }, 'amount-invalid'],
    ['more than a million', { minor: 100_000_001, currency: 'RUB' }, 'amount-invalid'],
    ['foreign money', { minor: 100, currency: 'KZT' }, 'currency-invalid'],
  ])('is refused when it is %s', async (_what, amount, code) => {
    const who = await buyer();
    const answer = await who.start({ amount, gatewayId: CARD });
    expect([answer.status, answer.body.code]).toEqual([422, code]);
  });
});

describe('a bank transfer', () => {
  const transferFor = async (who: Buyer) => {
    const invoiceId = await who.order();
    const started = await who.ok('POST', '/v1/payments', { invoiceId, gatewayId: BANK_TRANSFER });
    return { invoiceId, id: started.id as string, started };
  };
  const confirm = (id: string, minor: number) =>
    staff.call('POST', `/v1/admin/payments/${id}/confirm`, {
      received: { minor, currency: 'RUB' },
    });

  it('waits for staff, who say what really came: less leaves the rest to pay', async () => {
    const who = await buyer();
    const { invoiceId, id, started } = await transferFor(who);
    expect(started).toMatchObject({ state: 'pending', kind: 'transfer', redirectUrl: null });
    expect((await confirm(id, 5_000_00)).body.state).toBe('succeeded');
    expect(await who.invoice(invoiceId)).toMatchObject({
      state: 'issued',
      due: { minor: 2_680_00 },
    });
    const rest = await who.ok('POST', '/v1/payments', { invoiceId, gatewayId: BANK_TRANSFER });
    expect(rest.amount.minor).toBe(2_680_00);
    await confirm(rest.id, 2_680_00);
    expect((await who.invoice(invoiceId)).state).toBe('paid');
  });

  it('of more than was asked pays the invoice and leaves the difference on the balance', async () => {
    const who = await buyer();
    const { invoiceId, id } = await transferFor(who);
    await confirm(id, 8_000_00);
    expect((await who.invoice(invoiceId)).state).toBe('paid');
    expect((await who.ok('GET', '/v1/balance')).held.minor).toBe(320_00);
  });

  it('that is asked for twice is awaited once', async () => {
    const who = await buyer();
    const { invoiceId, id } = await transferFor(who);
    const again = await who.ok('POST', '/v1/payments', { invoiceId, gatewayId: BANK_TRANSFER });
    expect(again.id).toBe(id);
  });

  it('is confirmed once, and not after it was called off', async () => {
    const who = await buyer();
    const { id } = await transferFor(who);
    await confirm(id, 7_680_00);
    expect((await confirm(id, 7_680_00)).body.code).toBe('payment-already-finished');
    expect(await bookings(id)).toBe(1);
    const other = await transferFor(who);
    await staff.ok('POST', `/v1/admin/payments/${other.id}/cancel`, {});
    expect((await confirm(other.id, 1)).body.code).toBe('payment-already-finished');
    expect((await who.invoice(other.invoiceId)).state).toBe('issued');
  });

  it('is no way to confirm a card by hand', async () => {
    const who = await buyer();
    const { started } = await invoicePayment(who);
    expect((await confirm(started.id, 7_680_00)).body.code).toBe('payment-not-a-transfer');
  });
});

describe('strangers', () => {
  it("see and pay nothing of each other's", async () => {
    const [owner, stranger] = [await buyer(), await buyer()];
    const { invoiceId, started } = await invoicePayment(owner);
    const theirs = await stranger.start({ invoiceId, gatewayId: CARD });
    expect([theirs.status, theirs.body.code]).toEqual([404, 'invoice-not-found']);
    for (const answer of [
      await stranger.call('GET', `/v1/payments/${started.id}`),
      await stranger.call('POST', `/v1/payments/${started.id}/refresh`, {}),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([404, 'payment-not-found']);
    }
    expect((await stranger.ok('GET', '/v1/payments')).items).toEqual([]);
  });

  it("of a reseller's staff see the payments of their own shop alone", async () => {
    const owner = await buyer();
    const { started } = await invoicePayment(owner);
    const theirs = await shop.staff('northbyte.localhost');
    const looked = await theirs.call('GET', `/v1/admin/payments/${started.id}`);
    expect([looked.status, looked.body.code]).toEqual([404, 'payment-not-found']);
    const { items } = await theirs.ok('GET', '/v1/admin/payments?limit=200');
    expect(items.map((payment: { id: string }) => payment.id)).not.toContain(started.id);
  });

  it('staff find a payment by its id, its gateway reference and its invoice number', async () => {
    const who = await buyer();
    const { invoiceId, started } = await invoicePayment(who);
    const { number } = await who.invoice(invoiceId);
    const { gatewayRef } = await staff.ok('GET', `/v1/admin/payments/${started.id}`);
    for (const search of [started.id, gatewayRef, number.toLowerCase()]) {
      const { items } = await staff.ok('GET', `/v1/admin/payments?search=${search}`);
      expect(items.map((payment: { id: string }) => payment.id)).toEqual([started.id]);
    }
  });
});

describe('gateway settings', () => {
  const save = (body: object, brandId = shop.shops.operatorBrand.id) =>
    staff.call('PUT', `/v1/admin/brands/${brandId}/gateways/${CARD}`, body);
  const ours = async () => {
    const { items } = await staff.ok('GET', '/v1/admin/gateways');
    return items.find(
      (item: { brandId: string; gatewayId: string }) =>
        item.brandId === shop.shops.operatorBrand.id && item.gatewayId === CARD,
    );
  };

  it('are shown as a form without their secrets', async () => {
    const { form, enabled, notifyUrl } = await ours();
    expect(enabled).toBe(true);
    expect(form.secretsSet).toEqual(['apiKey', 'webhookSecrets']);
    expect(JSON.stringify(form)).not.toContain(API_KEY);
    expect(notifyUrl).toContain(`/hooks/gateways/${shop.shops.operatorBrand.id}/${CARD}`);
  });

  it('are saved without sending the secrets again, and keep working', async () => {
    const { form } = await ours();
    const values = { ...form.values, merchantName: 'Стойка, новая вывеска' };
    expect((await save({ enabled: true, values })).status).toBe(200);
    const who = await buyer();
    const { payer } = await invoicePayment(who);
    expect((await payer.look()).text).toContain('Стойка, новая вывеска');
  });

  it('that do not fit are refused by their field', async () => {
    const { form } = await ours();
    const answer = await save({ enabled: true, values: { ...form.values, timeoutMs: 1 } });
    expect(answer.body).toMatchObject({
      code: 'settings-value-invalid',
      field: 'values.timeoutMs',
    });
  });

  it('switch a way of paying off for the clients of that brand alone', async () => {
    const [here, there] = [await buyer(), await buyer('northbyte.localhost')];
    await save({ enabled: false });
    const ids = async (who: Buyer) =>
      (await who.ok('GET', '/v1/payment-methods')).methods.map(({ id }: { id: string }) => id);
    expect(await ids(here)).toEqual([BANK_TRANSFER]);
    expect(await ids(there)).toEqual([CARD, BANK_TRANSFER]);
    await save({ enabled: true });
    expect(await ids(here)).toEqual([CARD, BANK_TRANSFER]);
  });

  it("belong to the seller: a reseller's staff do not reach the operator's", async () => {
    const theirs = await shop.staff('northbyte.localhost');
    const path = `/v1/admin/brands/${shop.shops.operatorBrand.id}/gateways/${CARD}`;
    const answer = await theirs.call('PUT', path, { enabled: false });
    expect([answer.status, answer.body.code]).toEqual([404, 'brand-not-found']);
  });
});
