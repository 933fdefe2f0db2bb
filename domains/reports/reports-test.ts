import { createBrand } from '#domains/brands/index.ts';
import type { Brand } from '#domains/brands/index.ts';
import { aClient, anOrder, aSeller, payIn, rub } from '#domains/billing/fixtures.ts';
import { billingRoutes, issueInvoice, settleInvoice } from '#domains/billing/index.ts';
import type { InvoiceOrder } from '#domains/billing/index.ts';
import { clientsRoutes, findClient } from '#domains/clients/index.ts';
import { createStaff, identify, identityJobs, identityRoutes } from '#domains/identity/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { apiRoutes } from '#platform/http/api.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import { Visitor } from '#test/harness/visitor.ts';
import { reportsRoutes } from './index.ts';

const PASSWORD = 'correct horse battery';

export type Shop = { seller: Seller; brand: Brand; host: string };

/** An operator with shops below it, whose clock stands where a test puts it. */
export async function startBooks() {
  const test = await startTestRuntime({
    now: '2023-05-01T09:00:00Z',
    parts: { jobs: identityJobs, subscribers: [], agenda: [] },
  });
  const routes = {
    identity: identityRoutes,
    clients: clientsRoutes,
    billing: billingRoutes,
    reports: reportsRoutes,
  };
  const app = apiRoutes(test.runtime, routes, identify(test.runtime));
  let made = 0;

  const openShop = (host: string, parentId: string | null): Promise<Shop> =>
    test.run(async (ctx) => {
      const seller = await aSeller(ctx, host, parentId);
      const brand = await createBrand(ctx, {
        sellerId: seller.id,
        name: host,
        hosts: [host],
        languages: ['ru', 'en'],
        defaultLanguage: 'ru',
        currency: 'RUB',
        accent: '#2f4bd8',
        pricesIncludeTax: true,
        supportEmail: 'help@stoika.test',
      });
      return { seller, brand, host };
    });

  /** Business time goes to noon in Moscow of that day. */
  const on = (day: string) => test.clock.set(Temporal.Instant.from(`${day}T09:00:00Z`));

  const newClient = async ({ seller, brand, host }: Shop, name: string) => {
    const visitor = new Visitor(app, { host });
    const { body } = await visitor.call('POST', '/v1/account', {
      email: `client-${(made += 1)}@example.test`,
      password: PASSWORD,
      name,
      country: 'RU',
      language: 'ru',
    });
    const client = await test.run((ctx) => findClient(ctx, body.clientId));
    if (!client) throw new Error('no client');
    const { branch, id } = client;
    const issue = (over: Partial<InvoiceOrder> = {}) =>
      test.run((ctx) =>
        issueInvoice(ctx, {
          ...anOrder(seller, { ...aClient(id), id }, branch),
          cause: `order:${(made += 1)}`,
          brandId: brand.id,
          ...over,
        }),
      );
    const topUp = (minor: bigint) =>
      test.run((ctx) =>
        payIn(
          ctx,
          { branch, book: seller.id, code: `balance:${id}` },
          minor,
          `top-up:${(made += 1)}`,
        ),
      );
    return { visitor, id, branch, issue, topUp };
  };

  const pay = (invoiceId: string, minor: bigint) =>
    test.run((ctx) =>
      settleInvoice(ctx, invoiceId, {
        amount: rub(minor),
        from: { code: 'cash:card' },
        cause: `pay:${(made += 1)}`,
      }),
    );

  const newStaff = async ({ seller, brand, host }: Shop, role = 'billing'): Promise<Visitor> => {
    const email = `${role}-${(made += 1)}@stoika.test`;
    const person = { brandId: brand.id, sellerId: seller.id, role, email, password: PASSWORD };
    await test.run((ctx) => createStaff(ctx, { ...person, name: role, language: 'ru' }));
    const visitor = new Visitor(app, { host });
    await visitor.call('POST', '/v1/session', { email, password: PASSWORD });
    return visitor;
  };

  /** A file as a browser downloads it. */
  const download = async (visitor: Visitor, path: string): Promise<Response> => {
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return app.fetch(
      new Request(`http://localhost${path}`, { headers: { host: 'localhost', cookie } }),
      {
        incoming: { socket: { remoteAddress: '127.0.0.1' } },
      },
    );
  };

  return { test, openShop, on, newClient, pay, newStaff, download };
}

/** A report's address: `report('ageing', { on: '2023-05-10' })`. */
export function report(name: string, query: Record<string, string>): string {
  return `/v1/admin/reports/${name}?${new URLSearchParams(query)}`;
}
