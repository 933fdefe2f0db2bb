import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { normaliseCode, promoFault } from './promo.ts';
import type { Promo, PromoPurpose } from './promo.ts';
import { countUse, deleteUse, hasUse, insertUse, selectPromo } from './promo-store.ts';

export type PromoCheck = PromoPurpose & {
  readonly sellerId: string;
  readonly code: string;
  /** Who would use it; unknown while a visitor has not signed in. */
  readonly client: { readonly id: string; readonly branch: number } | null;
};

/** The promo behind a typed code, refused by name when it does not count for this purchase. */
export async function checkPromo(ctx: Ctx, check: PromoCheck): Promise<Promo> {
  const code = normaliseCode(check.code);
  const promo = await selectPromo(ctx, { sellerId: check.sellerId, code });
  if (!promo) refuse('promo-not-found', { field: 'promo' });
  const fault = promoFault(promo, check);
  if (fault) refuse(fault, { field: 'promo' });
  if (promo.oncePerClient && check.client) {
    const { branch, id: clientId } = check.client;
    if (await hasUse(ctx, { branch, promoId: promo.id, clientId })) {
      refuse('promo-already-used', { field: 'promo' });
    }
  }
  return promo;
}

export type PromoUse = {
  readonly promo: Promo;
  readonly client: { readonly id: string; readonly branch: number };
  /** The order that uses it. The same cause counts once. */
  readonly cause: string;
};

/** Takes one use, in the transaction of the order, after `checkPromo`. */
export async function usePromo(ctx: Ctx, { promo, client, cause }: PromoUse): Promise<void> {
  const { branch } = client;
  const use = { branch, promoId: promo.id, cause, clientId: client.id };
  const onceKey = promo.oncePerClient ? client.id : cause;
  if (!(await insertUse(ctx, { ...use, onceKey }))) {
    if (await hasUse(ctx, { branch, promoId: promo.id, cause })) return;
    refuse('promo-already-used', { field: 'promo' });
  }
  if (!(await countUse(ctx, promo.id, 1))) refuse('promo-used-up', { field: 'promo' });
}

/** Gives the use of an order that came to nothing back. */
export async function releasePromo(
  ctx: Ctx,
  use: { branch: number; promoId: string; cause: string },
): Promise<void> {
  if (await deleteUse(ctx, use)) await countUse(ctx, use.promoId, -1);
}
