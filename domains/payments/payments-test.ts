import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import * as composed from '#app/domains.ts';
import { startHttpServer } from '#app/http-server.ts';
import { driveSandboxCard, payerAt } from '#extensions/gateways/sandbox-card/drive-sandbox-card.ts';
import { sandboxCard } from '#extensions/gateways/sandbox-card/sandbox-card.ts';
import { openSandboxCard } from '#extensions/gateways/sandbox-card/vendor/open-sandbox-card.ts';
import { TEST_CARDS } from '#extensions/gateways/sandbox-card/vendor/test-cards.ts';
import type { CardOutcome } from '#extensions/gateways/sandbox-card/vendor/test-cards.ts';
import { verifyBilling } from '#domains/billing/index.ts';
import { verifyLedger } from '#domains/ledger/index.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { TestShop } from '#test/harness/start-shop.ts';
import { Visitor } from '#test/harness/visitor.ts';
import {
  BANK_TRANSFER,
  bankTransfer,
  gatewayKind,
  saveGatewaySetting,
  verifyPayments,
} from './index.ts';

export const CARD = 'sandbox-card';
export const API_KEY = 'sandbox-api-key';
export const WEBHOOK_SECRET = 'sandbox-webhook-secret';

/** A shop whose pages a real sandbox bank can reach, with buyers who pay there. */
export async function startPaymentShop() {
  const folder = mkdtempSync(join(tmpdir(), 'payments-'));
  // What was paid for need not be delivered here.
  const subscribers = composed.subscribers.filter(({ id }) => !id.startsWith('hosting.'));
  const shop = await startShop({ parts: { subscribers } });
  shop.vendors.extensions.register(gatewayKind, sandboxCard).register(gatewayKind, bankTransfer);
  const http = await startHttpServer(shop.runtime, { port: 0, distDir: null, databaseUrl: '' });
  const sandbox = await openSandboxCard({
    port: 0,
    folder,
    apiKey: API_KEY,
    webhookSecrets: [WEBHOOK_SECRET],
    lateMs: 250,
    retryBaseMs: 50,
  });
  const bank = driveSandboxCard(sandbox.url, API_KEY);
  for (const brand of [shop.shops.operatorBrand, shop.shops.resellerBrand]) {
    await setUpGateways(shop, brand, sandbox.url);
  }
  const buyer = buyersOf(shop, http.port);
  return {
    shop,
    http,
    bank,
    staff: await shop.staff(),
    buyer,
    /** Books, documents and payments agree after every test. */
    async check() {
      await bank.misbehave();
      await shop.settle();
      const found = await shop.run(async (ctx) => [
        ...(await verifyLedger(ctx)),
        ...(await verifyBilling(ctx)),
        ...(await verifyPayments(ctx)),
      ]);
      expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
    },
    async stop() {
      await http.close();
      await sandbox.close();
      await shop.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function setUpGateways(
  shop: TestShop,
  { id: brandId, name: merchantName }: { id: string; name: string },
  baseUrl: string,
): Promise<void> {
  await shop.run(async (ctx) => {
    const settings = {
      baseUrl,
      apiKey: API_KEY,
      webhookSecrets: [WEBHOOK_SECRET],
      merchantName,
      timeoutMs: 2000,
    };
    const common = { brandId, enabled: true };
    await saveGatewaySetting(ctx, { ...common, gatewayId: CARD, settings, position: 0 });
    await saveGatewaySetting(ctx, {
      ...common,
      gatewayId: BANK_TRANSFER,
      settings: {},
      position: 1,
    });
  });
}

/** A client at a shop whose pages the gateway can reach, and the invoice of a first order. */
function buyersOf(shop: TestShop, port: number) {
  let count = 0;
  return async (hostName = 'localhost') => {
    count += 1;
    const no = count;
    const visitor = new Visitor(shop.app, {
      host: `${hostName}:${port}`,
      address: `10.9.0.${no}`,
    });
    const call = (method: string, path: string, body?: unknown, key = `k-${randomUUID()}`) =>
      visitor.call(method, path, body, method === 'GET' ? {} : { 'idempotency-key': key });
    const ok = async (method: string, path: string, body?: unknown, key?: string) => {
      const answer = await call(method, path, body, key);
      if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    };
    const { clientId } = await ok('POST', '/v1/account', {
      email: `payer-${no}@example.test`,
      password: 'correct horse battery',
      name: `Плательщик ${no}`,
      country: 'RU',
      language: 'ru',
    });
    const order = async (termMonths = 12) => {
      const cart = {
        productId: 'reseller-hosting-linux',
        planId: 'linux-start',
        termMonths,
        domainName: `payer-${no}-${randomUUID().slice(0, 8)}.example`,
      };
      const quote = await ok('POST', '/v1/shop/quote', cart);
      const placed = await ok('POST', '/v1/orders', {
        ...cart,
        expectedTotalMinor: quote.totalMinor,
      });
      return placed.invoiceId as string;
    };
    const start = (body: object, key?: string) => call('POST', '/v1/payments', body, key);
    const payment = async (id: string) => ok('GET', `/v1/payments/${id}`);
    const invoice = async (id: string) => ok('GET', `/v1/invoices/${id}`);
    return { clientId: clientId as string, call, ok, order, start, payment, invoice };
  };
}

export type Buyer = Awaited<ReturnType<ReturnType<typeof buyersOf>>>;

/** Asks until the payment has the state; the gateway's notifications take their own time. */
export async function becomes(who: Buyer, id: string, state: string) {
  for (let tries = 0; tries < 300; tries += 1) {
    const payment = await who.payment(id);
    if (payment.state === state) return payment;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return expect.fail(`${id} does not become ${state}`);
}

/** A payment of a first order's invoice at the card gateway, and its payer. */
export async function invoicePayment(who: Buyer) {
  const invoiceId = await who.order();
  const started = await who.start({ invoiceId, gatewayId: CARD });
  expect(started.status).toBe(200);
  return { invoiceId, started: started.body, payer: payerAt(started.body.redirectUrl) };
}

/** Money brought onto the balance by card. */
export async function topUp(who: Buyer, minor: number, card: 'succeeds' | 'loses-answer') {
  const amount = { minor, currency: 'RUB' };
  const started = await who.ok('POST', '/v1/payments', { amount, gatewayId: CARD });
  await payerAt(started.redirectUrl).pay(card);
  return becomes(who, started.id, 'succeeded');
}

/** A first order paid by a card that the payer lets be saved. */
export async function saveCard(who: Buyer, card: CardOutcome = 'succeeds', termMonths = 12) {
  const invoiceId = await who.order(termMonths);
  const asked = { invoiceId, gatewayId: CARD, saveMethod: true };
  const started = await who.ok('POST', '/v1/payments', asked);
  const payer = payerAt(started.redirectUrl);
  await payer.pay(card);
  if (card === 'asks-three-d-secure') await payer.confirm();
  await becomes(who, started.id, 'succeeded');
  const { items } = await who.ok('GET', '/v1/saved-methods');
  const saved = items.find(({ last4 }: { last4: string }) => last4 === last4Of(card));
  if (!saved) throw new Error(`${card} was not saved`);
  return { id: saved.id as string, saved, paymentId: started.id as string };
}

const last4Of = (card: CardOutcome) =>
  TEST_CARDS.find(({ outcome }) => outcome === card)?.number.slice(-4);
