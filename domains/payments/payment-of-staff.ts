import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { brandIdsWithin } from '#domains/brands/index.ts';
import type { Payment } from './payment.ts';
import { lockPayment } from './store.ts';

/** The brands whose payments this person may see. */
export async function brandIdsOfStaff(ctx: Ctx): Promise<string[]> {
  return ctx.actor.kind === 'staff' ? brandIdsWithin(ctx, ctx.actor.sellerId) : [];
}

/** A payment of the actor's own seller tree, locked; another's does not exist for them. */
export async function paymentOfStaff(ctx: Ctx, id: string): Promise<Payment> {
  const payment = await lockPayment(ctx, id);
  if (!payment || !(await brandIdsOfStaff(ctx)).includes(payment.brandId)) {
    refuse('payment-not-found');
  }
  return payment;
}
