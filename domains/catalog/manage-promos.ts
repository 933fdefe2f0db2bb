import { isCurrency } from '#kit/currency.ts';
import { refuse } from '#kit/refusal.ts';
import { isBefore } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { uniqueViolation } from '#platform/database/retry.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { findPlan, findProduct } from './catalogue.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { normaliseCode } from './promo.ts';
import type { Promo } from './promo.ts';
import { insertPromo, markPromoEnded, selectPromo } from './promo-store.ts';
import { staffSeller } from './staff-seller.ts';

export type NewPromo = Omit<Promo, 'id' | 'sellerId' | 'uses' | 'endedAt'>;

/** Makes a code that nobody of this seller has made before. */
export async function createPromo(ctx: Ctx, seller: Seller, input: NewPromo): Promise<Promo> {
  const { gives } = input;
  if (gives.kind === 'amount') {
    if (!isCurrency(gives.currency)) refuse('currency-unknown', { field: 'gives.amount.currency' });
    if (gives.minor <= 0n) refuse('promo-amount-invalid', { field: 'gives.amount.minor' });
  }
  if (input.validUntil && isBefore(input.validUntil, input.validFrom)) {
    refuse('promo-dates-invalid', { field: 'validUntil' });
  }
  const catalogue = await loadCatalogue(ctx, seller.id);
  for (const id of input.productIds) {
    if (!findProduct(catalogue, id)) refuse('product-not-found', { field: 'productIds' });
  }
  for (const id of input.planIds) {
    if (!findPlan(catalogue, id)) refuse('plan-not-found', { field: 'planIds' });
  }
  const promo: Promo = {
    ...input,
    code: normaliseCode(input.code),
    id: ctx.newId('prm', seller.branch),
    sellerId: seller.id,
    uses: 0,
    endedAt: null,
  };
  try {
    await insertPromo(ctx, promo);
  } catch (error) {
    if (uniqueViolation(error) === 'promo_code_unique') {
      refuse('promo-code-taken', { field: 'code' });
    }
    throw error;
  }
  return promo;
}

/** From now on nobody uses it; ending it twice ends it once. */
export async function endPromo(ctx: Ctx, id: string): Promise<void> {
  const promo = await selectPromo(ctx, { id });
  await staffSeller(ctx, promo?.sellerId ?? 'none', 'promo-not-found');
  if (!promo?.endedAt) await markPromoEnded(ctx, id);
}
