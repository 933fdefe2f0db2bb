import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { payerAt } from '#extensions/gateways/sandbox-card/drive-sandbox-card.ts';
import { becomes, CARD, startPaymentShop, topUp } from './payments-test.ts';
import type { Buyer } from './payments-test.ts';

let opened: Awaited<ReturnType<typeof startPaymentShop>>;
beforeAll(async () => {
  opened = await startPaymentShop();
});
afterAll(() => opened.stop());
afterEach(() => opened.check());

async function threeOrders(who: Buyer): Promise<string[]> {
  return [await who.order(), await who.order(), await who.order()];
}

const statesOf = (who: Buyer, ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await who.invoice(id)).state));

describe('several invoices at once', () => {
  it('are paid by one card payment, each with its own document', async () => {
    const who = await opened.buyer();
    const invoiceIds = await threeOrders(who);
    const started = await who.start({ invoiceIds, gatewayId: CARD });
    expect(started.body.amount).toEqual({ minor: 3 * 7_680_00, currency: 'RUB' });
    await payerAt(started.body.redirectUrl).pay('succeeds');
    await becomes(who, started.body.id, 'succeeded');
    expect(await statesOf(who, invoiceIds)).toEqual(['paid', 'paid', 'paid']);
    expect((await who.ok('GET', '/v1/balance')).held.minor).toBe(0);
  });

  it('of which one was paid meanwhile leave its money on the balance', async () => {
    const who = await opened.buyer();
    const invoiceIds = await threeOrders(who);
    const started = await who.start({ invoiceIds, gatewayId: CARD });
    await topUp(who, 7_680_00, 'succeeds');
    await who.ok('POST', `/v1/invoices/${invoiceIds[1]}/pay-from-balance`, {});
    await payerAt(started.body.redirectUrl).pay('succeeds');
    await becomes(who, started.body.id, 'succeeded');
    expect(await statesOf(who, invoiceIds)).toEqual(['paid', 'paid', 'paid']);
    expect((await who.ok('GET', '/v1/balance')).held.minor).toBe(7_680_00);
  });

  it('are paid from the balance all or none', async () => {
    const who = await opened.buyer();
    const ids = await threeOrders(who);
    await topUp(who, 2 * 7_680_00, 'succeeds');
    const short = await who.call('POST', '/v1/invoices/pay-from-balance', { ids });
    expect([short.status, short.body.code]).toEqual([402, 'balance-too-low']);
    expect(await statesOf(who, ids)).toEqual(['issued', 'issued', 'issued']);
    await topUp(who, 7_680_00, 'succeeds');
    await who.ok('POST', '/v1/invoices/pay-from-balance', { ids });
    expect(await statesOf(who, ids)).toEqual(['paid', 'paid', 'paid']);
  });

  it('asked for twenty times at once under one key are one payment', async () => {
    const who = await opened.buyer();
    const invoiceIds = await threeOrders(who);
    const key = randomUUID();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => who.start({ invoiceIds, gatewayId: CARD }, key)),
    );
    expect(new Set(all.map(({ body }) => body.id)).size).toBe(1);
    const other = await who.start({ invoiceIds: invoiceIds.slice(1), gatewayId: CARD }, key);
    expect([other.status, other.body.code]).toEqual([409, 'idempotency-key-reused']);
  });

  it('of somebody else, paid ones, and the same one twice are refused', async () => {
    const [who, other] = [await opened.buyer(), await opened.buyer()];
    const [mine, foreign] = [await who.order(), await other.order()];
    const stolen = await who.start({ invoiceIds: [mine, foreign], gatewayId: CARD });
    expect([stolen.status, stolen.body.code]).toEqual([404, 'invoice-not-found']);
    const twice = await who.start({ invoiceIds: [mine, mine], gatewayId: CARD });
    expect([twice.status, twice.body.code]).toEqual([422, 'input-invalid']);
    const ids = [mine, foreign];
    const byBalance = await who.call('POST', '/v1/invoices/pay-from-balance', { ids });
    expect([byBalance.status, byBalance.body.code]).toEqual([404, 'invoice-not-found']);
  });
});
