import { refuse } from '#kit/refusal.ts';
import { isCurrency } from '#kit/currency.ts';
import { findSeller } from '#domains/sellers/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Brand } from './brand.ts';
import { DEFAULT_POLICY } from './policy.ts';
import type { BrandPolicy } from './policy.ts';
import { insertBrand, selectBrandByHost } from './store.ts';

export type NewBrand = Omit<Brand, 'id' | 'policy'> & { policy?: Partial<BrandPolicy> };

/** Gives a seller a public face under host names that nobody else has. */
export async function createBrand(ctx: Ctx, input: NewBrand): Promise<Brand> {
  const seller = await findSeller(ctx, input.sellerId);
  if (!seller) refuse('seller-not-found', { field: 'sellerId' });
  if (!isCurrency(input.currency)) refuse('currency-unknown', { field: 'currency' });
  const hosts = input.hosts.map((host) => host.toLowerCase());
  for (const host of hosts) {
    if (await selectBrandByHost(ctx, host))
      refuse('host-taken', { field: 'hosts', params: { host } });
  }
  const brand: Brand = {
    ...input,
    hosts,
    id: ctx.newId('brd', seller.branch),
    policy: { ...DEFAULT_POLICY, ...input.policy },
  };
  await insertBrand(ctx, brand);
  return brand;
}
