import { createBrand } from '#domains/brands/index.ts';
import { createStaff, identify, identityJobs, identityRoutes } from '#domains/identity/index.ts';
import { createSeller } from '#domains/sellers/index.ts';
import { apiRoutes } from '#platform/http/api.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { Visitor } from '#test/harness/visitor.ts';
import { clientsRoutes } from './index.ts';

const legal = {
  name: { ru: 'ООО Стойка', en: 'Stoika LLC' },
  address: { ru: 'Москва', en: 'Moscow' },
  taxId: '7700000000',
};
const PASSWORD = 'correct horse battery';

export type ClientsTest = TestRuntime & {
  app: unknown;
  operatorId: string;
  resellerId: string;
  /** A new client of the brand at `host`, signed in. */
  client(host?: string): Promise<{ visitor: Visitor; clientId: string; email: string }>;
  /** Staff of the operator (at localhost) or of the reseller (at north.localhost), signed in. */
  staff(role: string, host?: string): Promise<Visitor>;
};

/** The operator's shop at localhost and a reseller's at north.localhost. */
export async function startClientsTest(): Promise<ClientsTest> {
  const test = await startTestRuntime({
    parts: { jobs: identityJobs, subscribers: [], agenda: [] },
  });
  const shops = await test.run(async (ctx) => {
    const seller = { zone: 'Europe/Moscow', country: 'RU', legal };
    const operator = await createSeller(ctx, { ...seller, parentId: null, name: 'Стойка' });
    const reseller = await createSeller(ctx, {
      ...seller,
      parentId: operator.id,
      name: 'Northbyte',
    });
    const brand = {
      languages: ['ru', 'en'] as const,
      defaultLanguage: 'ru' as const,
      currency: 'RUB',
      accent: '#2f4bd8',
      pricesIncludeTax: true,
      supportEmail: 'help@stoika.test',
    };
    const main = await createBrand(ctx, {
      ...brand,
      sellerId: operator.id,
      name: 'Стойка',
      hosts: ['localhost'],
    });
    const north = await createBrand(ctx, {
      ...brand,
      sellerId: reseller.id,
      name: 'North',
      hosts: ['north.localhost'],
    });
    return new Map([
      ['localhost', main],
      ['north.localhost', north],
    ]);
  });
  const routes = { identity: identityRoutes, clients: clientsRoutes };
  const app = apiRoutes(test.runtime, routes, identify(test.runtime));
  let count = 0;
  return {
    ...test,
    app,
    operatorId: shops.get('localhost')?.sellerId ?? '',
    resellerId: shops.get('north.localhost')?.sellerId ?? '',
    client: async (host = 'localhost') => {
      const email = `client-${(count += 1)}@example.test`;
      const visitor = new Visitor(app, { host });
      const { body } = await visitor.call('POST', '/v1/account', {
        email,
        password: PASSWORD,
        name: `Клиент ${count}`,
        country: 'RU',
        language: 'ru',
      });
      return { visitor, clientId: body.clientId, email };
    },
    staff: async (role, host = 'localhost') => {
      const brand = shops.get(host);
      if (!brand) throw new Error(`no shop at ${host}`);
      const email = `${role}-${(count += 1)}@stoika.test`;
      await test.run((ctx) =>
        createStaff(ctx, {
          brandId: brand.id,
          sellerId: brand.sellerId,
          role,
          email,
          password: PASSWORD,
          name: role,
          language: 'ru',
        }),
      );
      const visitor = new Visitor(app, { host });
      await visitor.call('POST', '/v1/session', { email, password: PASSWORD });
      return visitor;
    },
  };
}
