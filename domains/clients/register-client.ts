import { refuse } from '#kit/refusal.ts';
import { findBrand, languageFor } from '#domains/brands/index.ts';
import { addMember } from '#domains/identity/index.ts';
import { findSeller, newBranch } from '#domains/sellers/index.ts';
import type { Ctx } from '#platform/context.ts';
import { askAboutTaxId } from './check-tax-id.ts';
import type { Client, ClientProfile } from './client.ts';
import { clientRegistered } from './events.ts';
import { soundProfile } from './profile.ts';
import { insertClient } from './store.ts';
import { selectRule } from './tax-id-store.ts';

/**
 * Makes a client of a brand, whom `userId` may act for. A direct client of the operator opens a
 * branch; one below a reseller lies in that reseller's.
 */
export async function registerClient(
  ctx: Ctx,
  input: { brandId: string; userId: string; profile: ClientProfile },
): Promise<Client> {
  const brand = await findBrand(ctx, input.brandId);
  const seller = brand && (await findSeller(ctx, brand.sellerId));
  if (!brand || !seller) refuse('brand-not-found', { field: 'brandId' });
  const profile = soundProfile(input.profile);
  const branch = seller.depth === 0 ? await newBranch(ctx) : seller.branch;
  const client: Client = {
    ...profile,
    language: languageFor(brand, profile.language),
    id: ctx.newId('cli', branch),
    branch,
    brandId: brand.id,
    sellerId: seller.id,
    currency: brand.currency,
    state: 'active',
    taxExemption: null,
    taxIdState: 'unchecked',
    taxIdMustBeValid: await selectRule(ctx, seller.id),
    createdAt: ctx.now,
  };
  await insertClient(ctx, client);
  await askAboutTaxId(ctx, client);
  await addMember(ctx, { userId: input.userId, clientId: client.id, branch });
  await ctx.announce(clientRegistered, {
    branch,
    subject: client.id,
    payload: { brandId: brand.id, sellerId: seller.id },
  });
  return client;
}
