import { openTestNode } from '#agent/testing/open-test-node.ts';
import type { TestNode } from '#agent/testing/open-test-node.ts';
import type { NodeOptionsInput } from '#agent/node-options.ts';
import { createBrand } from '#domains/brands/index.ts';
import type { Brand } from '#domains/brands/index.ts';
import { seedDemoCatalogue } from '#domains/catalog/index.ts';
import { clientsRoutes } from '#domains/clients/index.ts';
import { createStaff, identify, identityRoutes } from '#domains/identity/index.ts';
import { supplierKind } from '#domains/licences/index.ts';
import { createSeller } from '#domains/sellers/index.ts';
import { activateSubscription, openSubscription } from '#domains/subscriptions/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';
import { embeddedNode } from '#extensions/server-modules/embedded-node/embedded-node.ts';
import { whmcsReseller } from '#extensions/suppliers/whmcs-reseller/whmcs-reseller.ts';
import { branchOf } from '#kit/id.ts';
import { localDate } from '#kit/term.ts';
import { Extensions } from '#platform/extensions.ts';
import { apiRoutes } from '#platform/http/api.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { Visitor } from '#test/harness/visitor.ts';
import { deliveriesOf, packageOfSubscription, saveNode, serverModuleKind } from './index.ts';
import type { Delivery, PackageAccount } from './index.ts';

const legal = {
  name: { ru: 'ООО Стойка', en: 'Stoika LLC' },
  address: { ru: 'Москва', en: 'Moscow' },
  taxId: '7700000000',
};
const PASSWORD = 'correct horse battery';
const ZONE = 'Europe/Moscow';

export type TestClient = { visitor: Visitor; clientId: string };

export type PackageWish = {
  domainName: string;
  planId?: string;
  bought?: { componentId: string; quantity: number }[];
};

export type HostingTest = TestRuntime & {
  app: unknown;
  operatorId: string;
  brand: Brand;
  node: TestNode;
  /** A new client of the operator's shop, signed in. */
  client(): Promise<TestClient>;
  /** Staff of the operator, or of the seller named, signed in. */
  staff(role: string, sellerId?: string): Promise<Visitor>;
  /** A paid package, whose delivery has begun and not yet happened. */
  buy(client: TestClient, wish: PackageWish): Promise<Subscription>;
  deliveries(subscriptionId: string): Promise<Delivery[]>;
  account(subscriptionId: string): Promise<PackageAccount>;
  /** Points our record of the node at wherever it listens now. */
  connectNode(changes?: { timeoutMs?: number; capacity?: number }): Promise<void>;
};

/** The operator with its catalogue at localhost, and a real node that serves PHP. */
export async function startHostingTest(
  routes: Record<string, unknown> = {},
  options: Partial<NodeOptionsInput> = {},
): Promise<HostingTest> {
  const node = await openTestNode(options);
  const test = await startTestRuntime({
    extensions: new Extensions()
      .register(serverModuleKind, embeddedNode)
      .register(supplierKind, whmcsReseller),
  });
  const seller = { zone: ZONE, country: 'RU', legal };
  const { operator, brand } = await test.run(async (ctx) => {
    const root = await createSeller(ctx, { ...seller, parentId: null, name: 'Стойка' });
    const below = await createSeller(ctx, { ...seller, parentId: root.id, name: 'Northbyte' });
    await seedDemoCatalogue(ctx, { operatorId: root.id, resellerId: below.id });
    const face = await createBrand(ctx, {
      sellerId: root.id,
      name: 'Стойка',
      hosts: ['localhost'],
      languages: ['ru', 'en'],
      defaultLanguage: 'ru',
      currency: 'RUB',
      accent: '#2f4bd8',
      pricesIncludeTax: true,
      supportEmail: 'help@stoika.test',
    });
    return { operator: root, brand: face };
  });
  const app = apiRoutes(
    test.runtime,
    { identity: identityRoutes, clients: clientsRoutes, ...routes },
    identify(test.runtime),
  );
  let count = 0;
  const connectNode: HostingTest['connectNode'] = async ({
    timeoutMs = 5000,
    capacity = 100,
  } = {}) => {
    await test.run((ctx) =>
      saveNode(ctx, {
        sellerId: operator.id,
        name: 'node-1',
        moduleId: 'embedded-node',
        state: 'open',
        capacity,
        settings: {
          controlUrl: node.running().controlUrl,
          controlToken: node.controlToken,
          timeoutMs,
        },
      }),
    );
  };
  await connectNode();
  return {
    ...test,
    app,
    operatorId: operator.id,
    brand,
    node,
    connectNode,
    client: async () => {
      const visitor = new Visitor(app);
      const { body } = await visitor.call('POST', '/v1/account', {
        email: `client-${(count += 1)}@example.test`,
        password: PASSWORD,
        name: `Клиент ${count}`,
        country: 'RU',
        language: 'ru',
      });
      return { visitor, clientId: body.clientId };
    },
    staff: async (role, sellerId = operator.id) => {
      const email = `${role}-${(count += 1)}@stoika.test`;
      const who = { brandId: brand.id, sellerId, role, email, password: PASSWORD };
      await test.run((ctx) => createStaff(ctx, { ...who, name: role, language: 'ru' }));
      const visitor = new Visitor(app);
      await visitor.call('POST', '/v1/session', { email, password: PASSWORD });
      return visitor;
    },
    buy: ({ clientId }, { domainName, planId = 'linux-start', bought = [] }) =>
      test.run(async (ctx) => {
        const { id } = await openSubscription(ctx, {
          branch: branchOf(clientId),
          brandId: brand.id,
          sellerId: operator.id,
          clientId,
          productId: planId.startsWith('linux')
            ? 'reseller-hosting-linux'
            : 'reseller-hosting-windows',
          planId,
          domainName,
          termMonths: 12,
          zone: ZONE,
          currency: 'RUB',
          autoRenew: false,
        });
        return activateSubscription(ctx, id, {
          on: localDate(ctx.now, ZONE),
          orderId: null,
          bought,
        });
      }),
    deliveries: (subscriptionId) => test.run((ctx) => deliveriesOf(ctx, subscriptionId)),
    account: async (subscriptionId) => {
      const account = await test.run((ctx) => packageOfSubscription(ctx, subscriptionId));
      if (!account) throw new Error(`${subscriptionId} has no package`);
      return account;
    },
    stop: async () => {
      await test.stop();
      await node.close();
    },
  };
}
