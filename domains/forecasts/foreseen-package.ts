import { clientTitle } from '#domains/clients/index.ts';
import type { Effect, PayerKind, Telling } from './forecast-words.ts';
import type { ForeseenChange } from './foresee-change.ts';
import type { ChangeEffect } from './change-effect.ts';
import type { Traveller } from './traveller.ts';

/** A line of the forecast: who pays something else, from when, and who must be told. */
export type ForeseenPackage = {
  readonly branch: number;
  readonly subscriptionId: string;
  readonly payerKind: PayerKind;
  readonly payerId: string;
  readonly payerName: string;
  readonly domainName: string;
  readonly planId: string;
  readonly termMonths: number;
  readonly currency: string;
  readonly effect: Effect;
  readonly boundaryOn: Temporal.PlainDate;
  readonly chargedOn: Temporal.PlainDate;
  /** With tax; null where there is no renewal. */
  readonly beforeMinor: bigint | null;
  readonly afterMinor: bigint | null;
  readonly sumBeforeMinor: bigint;
  readonly sumAfterMinor: bigint;
  readonly telling: Telling;
  readonly tellBy: Temporal.PlainDate | null;
  readonly toldOn: Temporal.PlainDate | null;
  readonly missedOn: Temporal.PlainDate | null;
};

/** The lines of one package; none when nothing changes for anybody. */
export function foreseenPackages(
  traveller: Traveller,
  { client, seller }: ForeseenChange,
): ForeseenPackage[] {
  const payer = traveller.client;
  const lines: ForeseenPackage[] = [];
  if (client) {
    const { telling, tellBy, toldOn, missedOn } = client;
    lines.push({
      ...lineOf(traveller, client),
      ...{ payerKind: 'client', payerId: payer.id, payerName: clientTitle(payer) },
      ...{ telling, tellBy, toldOn, missedOn },
    });
  }
  if (seller) {
    // Sellers are told of their prices by their parent, not by notices to their clients.
    lines.push({
      ...lineOf(traveller, seller),
      ...{ payerKind: 'seller', payerId: seller.seller.id, payerName: seller.seller.name },
      ...{ telling: 'not-needed', tellBy: null, toldOn: null, missedOn: null },
    });
  }
  return lines;
}

function lineOf({ subscription }: Traveller, effect: ChangeEffect) {
  return {
    branch: subscription.branch,
    subscriptionId: subscription.id,
    domainName: subscription.domainName,
    planId: subscription.planId,
    termMonths: subscription.termMonths,
    currency: subscription.currency,
    effect: effect.effect,
    boundaryOn: effect.boundaryOn,
    chargedOn: effect.chargedOn,
    beforeMinor: effect.before?.quote.totalMinor ?? null,
    afterMinor: effect.after?.quote.totalMinor ?? null,
    sumBeforeMinor: effect.sumBeforeMinor,
    sumAfterMinor: effect.sumAfterMinor,
  };
}
