import { findBrand } from '#domains/brands/index.ts';
import { membersOf } from '#domains/identity/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { serve } from '#platform/http/serve.ts';
import { changeProfile, closeClient, reopenClient } from './change-client.ts';
import { askAgain } from './check-tax-id.ts';
import type { Client } from './client.ts';
import { clientOf, clientOfStaff } from './client-of.ts';
import { clientsContract } from './contract.ts';
import { exemptClient } from './exempt-client.ts';
import { listClients } from './list-clients.ts';
import { signUp } from './sign-up.ts';
import { selectLastCheck, selectRule, upsertRule } from './tax-id-store.ts';
import { bareTaxId } from './tax-id.ts';

export const clientsRoutes = serve(clientsContract, {
  account: {
    signUp: { outside: signUp },
    profile: async (ctx) => {
      const client = await clientOf(ctx);
      return { ...clientWire(client), taxIdCheck: await lastCheck(ctx, client) };
    },
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
        taxIdCheck: await lastCheck(ctx, client),
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
    checkTaxId: async (ctx, { id }) => {
      await askAgain(ctx, await clientOfStaff(ctx, id));
      return { id };
    },
    taxIdRule: async (ctx) => ({ mustBeValid: await selectRule(ctx, ownSeller(ctx)) }),
    setTaxIdRule: async (ctx, { mustBeValid }) => {
      await upsertRule(ctx, ownSeller(ctx), mustBeValid);
      return { mustBeValid };
    },
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

function ownSeller({ actor }: Ctx): string {
  return actor.kind === 'staff' ? actor.sellerId : refuse('not-allowed');
}

/** Of the number that the client has: an ended one belongs to another. */
async function lastCheck(ctx: Ctx, client: Client) {
  const { kind, country, taxId } = client;
  const check = await selectLastCheck(ctx, client);
  const isOfPast = kind !== 'company' || taxId === null || check?.country !== country;
  if (!check || isOfPast || check.number !== bareTaxId(country, taxId)) return null;
  const { state, attempts, requestId, name, address, error } = check;
  return {
    ...{ state, attempts, requestId, name, address, error },
    requestedAt: check.requestedAt.toString(),
    checkedAt: check.checkedAt?.toString() ?? null,
    nextAttemptAt: check.nextAttemptAt?.toString() ?? null,
    answeredOn: check.answeredOn?.toString() ?? null,
  };
}
