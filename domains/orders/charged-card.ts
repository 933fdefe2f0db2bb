import type { BrandPolicy } from '#domains/brands/index.ts';
import { usableDefaults } from '#domains/payments/index.ts';
import type { SavedMethod } from '#domains/payments/index.ts';
import type { Ctx } from '#platform/context.ts';

export const chargesCards = ({ collection }: BrandPolicy): boolean =>
  collection.chargeDays.length > 0;

/** From which card what this client owes is taken where the balance does not suffice, if from any. */
export async function chargedCard(
  ctx: Ctx,
  policy: BrandPolicy,
  clientId: string,
): Promise<SavedMethod | undefined> {
  return chargesCards(policy) ? (await usableDefaults(ctx, [clientId])).get(clientId) : undefined;
}
