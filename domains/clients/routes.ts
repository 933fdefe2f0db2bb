import { findBrand } from '#domains/brands/index.ts';
import { membersOf } from '#domains/identity/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { serve } from '#platform/http/serve.ts';
import { changeProfile, closeClient, reopenClient } from './change-client.ts';
import type { Client } from './client.ts';
import { clientOf, clientOfStaff } from './client-of.ts';
import { clientsContract } from './contract.ts';
import { exemptClient } from './exempt-client.ts';
import { listClients } from './list-clients.ts';
import { signUp } from './sign-up.ts';

export const clientsRoutes = serve(clientsContract, {
  account: {
    signUp: { outside: signUp },
    profile: async (ctx) => clientWire(await clientOf(ctx)),
    changeProfile: async (ctx, change) =>
      clientWire(await changeProfile(ctx, await clientOf(ctx), change)),
  },
  clients: {
    list: async (ctx, query) => {
      const page = await listClients(ctx, query);
      return { items: page.items.map(clientWire), next: page.next };
    },
    get: async (ctx, { id }) => {
      const client = await clientOfStaff(ctx, id);
      const people = await membersOf(ctx, id);
      return {
        ...clientWire(client),
        sellerName: (await findSeller(ctx, client.sellerId))?.name ?? '',
        brandName: (await findBrand(ctx, client.brandId))?.name ?? '',
        people: people.map((user) => ({
          id: user.id,
          name: user.name,
          email: user.email,
          emailVerified: user.emailVerified,
          secondFactor: user.secondFactor,
        })),
      };
    },
    update: async (ctx, { id, ...change }) =>
      clientWire(await changeProfile(ctx, await clientOfStaff(ctx, id), change)),
    exempt: async (ctx, { id, document }) =>
      clientWire(await exemptClient(ctx, await clientOfStaff(ctx, id), document)),
    close: async (ctx, { id }) => {
      await closeClient(ctx, await clientOfStaff(ctx, id));
      return { id };
    },
    reopen: async (ctx, { id }) => {
      await reopenClient(ctx, await clientOfStaff(ctx, id));
      return { id };
    },
  },
});

function clientWire({ branch: _branch, createdAt, ...client }: Client) {
  return { ...client, createdAt: createdAt.toString() };
}
