import { createBrand } from '#domains/brands/index.ts';
import { createSeller } from '#domains/sellers/index.ts';
import { apiRoutes } from '#platform/http/api.ts';
import type { Config } from '#platform/config.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import {
  addMember,
  createStaff,
  createUser,
  identify,
  identityJobs,
  identityRoutes,
} from './index.ts';

const legal = {
  name: { ru: 'ООО Стойка', en: 'Stoika LLC' },
  address: { ru: 'Москва', en: 'Moscow' },
  taxId: '7700000000',
};
const PASSWORD = 'correct horse battery';

export type TestPerson = { userId: string; clientId: string; email: string; password: string };

export type IdentityTest = TestRuntime & {
  app: unknown;
  sellerId: string;
  brandId: string;
  /** A brand of another seller, at other.localhost. */
  otherBrandId: string;
  /** A person who is a client, of the first brand unless another is named. */
  person(email?: string, brandId?: string): Promise<TestPerson>;
  staff(role: string): Promise<{ email: string; password: string; userId: string }>;
  mode(mode: Config['mode']): void;
};

/** The operator at localhost, a reseller at other.localhost, and identity's own operations. */
export async function startIdentityTest(): Promise<IdentityTest> {
  const test = await startTestRuntime({
    parts: { jobs: identityJobs, subscribers: [], agenda: [] },
  });
  const made = await test.run(async (ctx) => {
    const zone = 'Europe/Moscow';
    const operator = await createSeller(ctx, {
      parentId: null,
      name: 'Стойка',
      zone,
      country: 'RU',
      legal,
    });
    const reseller = await createSeller(ctx, {
      parentId: operator.id,
      name: 'Northbyte',
      zone,
      country: 'RU',
      legal,
    });
    const common = {
      languages: ['ru', 'en'] as const,
      defaultLanguage: 'ru' as const,
      currency: 'RUB',
      accent: '#2f4bd8',
      pricesIncludeTax: true,
      supportEmail: 'help@stoika.test',
    };
    const brand = await createBrand(ctx, {
      ...common,
      sellerId: operator.id,
      name: 'Стойка',
      hosts: ['localhost'],
    });
    const other = await createBrand(ctx, {
      ...common,
      sellerId: reseller.id,
      name: 'Northbyte',
      hosts: ['other.localhost'],
    });
    return { sellerId: operator.id, brandId: brand.id, otherBrandId: other.id };
  });
  let count = 0;
  const app = apiRoutes(test.runtime, { identity: identityRoutes }, identify(test.runtime));
  return {
    ...test,
    ...made,
    app,
    person: async (email = `person-${(count += 1)}@example.test`, brandId = made.brandId) =>
      test.run(async (ctx) => {
        const user = await createUser(ctx, {
          brandId,
          email,
          password: PASSWORD,
          name: 'Анна',
          language: 'ru',
        });
        const clientId = ctx.newId('cli', 7);
        await addMember(ctx, { userId: user.id, clientId, branch: 7 });
        return { userId: user.id, clientId, email, password: PASSWORD };
      }),
    staff: async (role) => {
      const email = `${role}-${(count += 1)}@stoika.test`;
      const user = await test.run((ctx) =>
        createStaff(ctx, {
          brandId: made.brandId,
          sellerId: made.sellerId,
          role,
          email,
          password: PASSWORD,
          name: role,
          language: 'ru',
        }),
      );
      return { email, password: PASSWORD, userId: user.id };
    },
    mode: (mode) => {
      test.runtime.mode = mode;
    },
  };
}
