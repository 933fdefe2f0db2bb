import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { Brand } from './brand.ts';
import type { BrandPolicy } from './policy.ts';
import { selectBrand, updatePolicy } from './store.ts';

/**
 * Changes a brand's policy. What was stored by the old one, such as when a package is reminded of
 * its end, is for the caller to compute anew. Refuses `brand-not-found`, and `policy-invalid` for
 * a package that would be deleted before it is suspended.
 */
export async function changePolicy(
  ctx: Ctx,
  brandId: string,
  change: Partial<BrandPolicy>,
): Promise<Brand> {
  const brand = await selectBrand(ctx, brandId);
  if (!brand) refuse('brand-not-found', { field: 'brandId' });
  const policy = { ...brand.policy, ...change };
  if (policy.deleteAfterDays < policy.suspendAfterDays) {
    refuse('policy-invalid', { field: 'deleteAfterDays' });
  }
  await updatePolicy(ctx, brandId, policy);
  return { ...brand, policy };
}
