import { apiRouter } from '#app/router.ts';
import { seedDemoShops } from '#app/sandbox/demo-shops.ts';
import type { DemoShops } from '#app/sandbox/demo-shops.ts';
import { createStaff, identify } from '#domains/identity/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { findClient } from '#domains/clients/index.ts';
import { balanceCode, post } from '#domains/ledger/index.ts';
import { messagesOf, renderMail } from '#domains/messages/index.ts';
import { money } from '#kit/money.ts';
import { apiRoutes } from '#platform/http/api.ts';
import { startTestRuntime } from './runtime.ts';
import type { TestOptions, TestRuntime } from './runtime.ts';
import type { VisitorAnswer } from './visitor.ts';
import { startShopVendors } from './shop-vendors.ts';
import type { ShopVendors } from './shop-vendors.ts';
import { Visitor } from './visitor.ts';

const PASSWORD = 'correct horse battery';

/** A client signed in at a shop, as a browser would be. */
export type Shopper = {
  clientId: string;
  client: Client;
  /** Calls an operation; every changing call carries an idempotency key, by default a fresh one. */
  call(method: string, path: string, body?: unknown, key?: string): Promise<VisitorAnswer>;
  /** The same, and throws unless it worked. */
  ok(method: string, path: string, body?: unknown): Promise<VisitorAnswer['body']>;
};

export type TestShop = TestRuntime & {
  app: unknown;
  shops: DemoShops;
  vendors: ShopVendors;
  shopper(options?: { host?: string; language?: 'ru' | 'en' }): Promise<Shopper>;
  /** Staff of the operator (at localhost) or of the reseller (at northbyte.localhost). */
  staff(host?: string): Promise<Pick<Shopper, 'call' | 'ok'>>;
  /** Puts money on a client's balance, as a confirmed transfer would. */
  fund(shopper: Shopper, minor: bigint): Promise<void>;
  /** Mail to a client, oldest first. */
  mailTo(shopper: Shopper): Promise<{ template: string; subject: string; text: string }[]>;
};

/** The demo's two shops with their catalogue, the whole program and its vendors behind them. */
export async function startShop({
  guard,
  ...options
}: TestOptions & { guard?: 'on' | 'off' } = {}): Promise<TestShop> {
  const vendors = await startShopVendors(guard);
  const test = await startTestRuntime({ extensions: vendors.extensions, ...options });
  const shops = await test.run(seedDemoShops);
  await test.run((ctx) => vendors.connect(ctx, shops.operator.id));
  await test.settle();
  const app = apiRoutes(test.runtime, apiRouter, identify(test.runtime));
  let count = 0;
  const next = (): number => (count += 1);
  return {
    ...test,
    app,
    shops,
    vendors,
    stop: async () => {
      await test.stop();
      await vendors.stop();
    },
    shopper: async ({ host = 'localhost', language = 'ru' } = {}) => {
      const calls = callsOf(
        new Visitor(app, { host, address: `10.0.${next() >> 8}.${count & 255}` }),
        next,
      );
      const { clientId } = await calls.ok('POST', '/v1/account', {
        email: `client-${count}@example.test`,
        password: PASSWORD,
        // None begins as another does, so that a test which looks for one finds no other.
        name: `Клиент ${String(count).padStart(4, '0')}`,
        country: 'RU',
        language,
      });
      const client = await test.run((ctx) => findClient(ctx, clientId));
      if (!client) throw new Error('nobody signed up');
      return { ...calls, clientId, client };
    },
    staff: async (host = 'localhost') => {
      const brand = host === 'localhost' ? shops.operatorBrand : shops.resellerBrand;
      const email = `staff-${next()}@stoika.test`;
      await test.run((ctx) =>
        createStaff(ctx, {
          brandId: brand.id,
          sellerId: brand.sellerId,
          role: 'owner',
          email,
          password: PASSWORD,
          name: 'Staff',
          language: 'ru',
        }),
      );
      const calls = callsOf(new Visitor(app, { host }), next);
      await calls.ok('POST', '/v1/session', { email, password: PASSWORD });
      return calls;
    },
    fund: async ({ client }, minor) => {
      await test.run((ctx) =>
        post(ctx, {
          branch: client.branch,
          kind: 'payment',
          cause: `test-fund:${next()}`,
          entries: [
            { book: client.sellerId, code: 'cash:bank-transfer', amount: money(minor, 'RUB') },
            { book: client.sellerId, code: balanceCode(client.id), amount: money(-minor, 'RUB') },
          ],
        }),
      );
    },
    mailTo: async ({ client }) => {
      const messages = await test.run((ctx) =>
        messagesOf(ctx, { brandIds: [client.brandId], clientId: client.id, limit: 500 }),
      );
      return messages.toReversed().map((mail) => ({ ...mail, text: renderMail(mail).text }));
    },
  };
}

function callsOf(visitor: Visitor, next: () => number): Pick<Shopper, 'call' | 'ok'> {
  const call: Shopper['call'] = (method, path, body, key = `test-${next()}`) =>
    visitor.call(method, path, body, method === 'GET' ? {} : { 'idempotency-key': key });
  return {
    call,
    ok: async (method, path, body) => {
      const answer = await call(method, path, body);
      if (answer.status >= 300) {
        throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      }
      return answer.body;
    },
  };
}
