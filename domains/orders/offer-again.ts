import { Refusal } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { LiveSubscription } from '#domains/subscriptions/index.ts';
import { offerRenewal } from './offer-renewal.ts';
import type { RenewalOffer } from './offer-renewal.ts';

/** The offer of the same term with all that renews, or why there is none any more. */
export async function offerAgain(
  ctx: Ctx,
  subscription: LiveSubscription,
): Promise<RenewalOffer | Refusal> {
  try {
    return await offerRenewal(ctx, subscription, {
      termMonths: subscription.termMonths,
      drop: [],
    });
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
