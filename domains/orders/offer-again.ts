import { Refusal } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { LiveSubscription } from '#domains/subscriptions/index.ts';
import { offerRenewal } from './offer-renewal.ts';
import type { RenewalChoice, RenewalOffer } from './offer-renewal.ts';

/** The offer of the same term with all that renews, or why there is none any more. */
export function offerAgain(
  ctx: Ctx,
  subscription: LiveSubscription,
): Promise<RenewalOffer | Refusal> {
  const { termMonths } = subscription;
  return offerOrRefusal(ctx, subscription, { termMonths, drop: [] });
}

/** What `offerRenewal` says, its refusal as a value. */
export async function offerOrRefusal(
  ctx: Ctx,
  subscription: LiveSubscription,
  choice: RenewalChoice,
): Promise<RenewalOffer | Refusal> {
  try {
    return await offerRenewal(ctx, subscription, choice);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
