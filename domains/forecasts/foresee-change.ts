import { localDate } from '#kit/term.ts';
import type { Quote } from '#domains/billing/index.ts';
import { noticedBy } from '#domains/catalog/index.ts';
import type { Catalogue, Edition } from '#domains/catalog/index.ts';
import { changesAhead, noticesOf, quotesDiffer, renewalQuote } from '#domains/orders/index.ts';
import type { ChainSale, RenewalOffer } from '#domains/orders/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { isLive } from '#domains/subscriptions/index.ts';
import { changeEffect, chargesOf, tellBy } from './change-effect.ts';
import type { ChangeEffect, Charge } from './change-effect.ts';
import type { Telling } from './forecast-words.ts';
import type { FutureSales } from './future-sales.ts';
import { varyingSales } from './future-sales.ts';
import { liveThrough } from './live-through.ts';
import type { Happening } from './live-through.ts';
import type { Traveller } from './traveller.ts';

/** The span of a forecast, and by what things are sold in it. */
export type Span = {
  readonly now: Temporal.Instant;
  readonly until: Temporal.Instant;
  readonly sales: FutureSales;
};

/** One package with the change and without it. */
export type ForeseenChange = {
  readonly without: readonly Happening[];
  readonly withIt: readonly Happening[];
  readonly client: (ChangeEffect & Notification) | null;
  /** What the edition's seller charges the seller below, where the package is sold by one. */
  readonly seller: (ChangeEffect & { readonly seller: Seller }) | null;
};

export type Notification = {
  readonly telling: Telling;
  /** The last day to tell the client so that the first boundary reached is charged so. */
  readonly tellBy: Temporal.PlainDate | null;
  /** When the client was told, or would be, were the change published now. */
  readonly toldOn: Temporal.PlainDate | null;
  /** A boundary that the change would have reached, had the client been told earlier. */
  readonly missedOn: Temporal.PlainDate | null;
};

/**
 * Sends packages ahead in time twice, without the edition and with it: a draft as published this
 * moment, its clients told by the rules and letters that a publication causes.
 */
export function foreseeing(edition: Edition, span: Span) {
  const isDraft = edition.state === 'draft';
  const published: Edition = {
    ...edition,
    state: 'published',
    no: edition.no ?? Number.MAX_SAFE_INTEGER,
  };
  const withoutIt = varyingSales((catalogue) => withEditions(catalogue, edition, []));
  const withIt = varyingSales((catalogue) => withEditions(catalogue, edition, [published]));
  const run = (traveller: Traveller, vary: (sale: ChainSale) => ChainSale) =>
    liveThrough([traveller], {
      now: span.now,
      until: span.until,
      saleAt: async (one, at) => vary(await span.sales(one, at)),
      pays: () => true,
    });
  return async (traveller: Traveller): Promise<ForeseenChange> => {
    const before = await run(traveller, withoutIt);
    const informed = isDraft ? told(traveller, withIt(traveller.today), span.now) : traveller;
    const after = await run(informed, withIt);
    const own = ({ quote }: RenewalOffer): Quote => quote;
    const charges = chargesOf(after, own);
    const effect = changeEffect(chargesOf(before, own), charges);
    const leg = legBelow(traveller, edition.sellerId);
    const legQuote = (offer: RenewalOffer): Quote | undefined =>
      offer.legs.find((one) => one.leg.parent.id === edition.sellerId)?.quote;
    const legEffect = leg && changeEffect(chargesOf(before, legQuote), chargesOf(after, legQuote));
    return {
      without: before,
      withIt: after,
      client: effect && { ...effect, ...notification(published, informed, effect, charges) },
      seller: legEffect && { ...legEffect, seller: leg.child },
    };
  };
}

/** Only catalogues that hold the seller's editions are changed: a shop above knows nothing of it. */
function withEditions(
  catalogue: Catalogue,
  edition: Edition,
  instead: readonly Edition[],
): Catalogue {
  const others = catalogue.editions.filter(({ id }) => id !== edition.id);
  const isIts = others.some(({ sellerId }) => sellerId === edition.sellerId);
  const isFirst = catalogue.products.some(({ sellerId }) => sellerId === edition.sellerId);
  return { ...catalogue, editions: isIts || isFirst ? [...others, ...instead] : others };
}

/** The package after the letters of a publication at that moment (rules 6 and 7). */
function told(traveller: Traveller, { sale }: ChainSale, now: Temporal.Instant): Traveller {
  const { subscription, entitlements, notices } = traveller;
  if (!isLive(subscription)) return traveller;
  const today = localDate(now, subscription.zone);
  const changes = changesAhead({ sale, subscription, entitlements, notices, today });
  const sent = changes.flatMap((change) => noticesOf(change, today));
  return { ...traveller, notices: [...notices, ...sent] };
}

function legBelow({ today }: Traveller, sellerId: string) {
  return today.legs.find(({ leg }) => leg.parent.id === sellerId)?.leg ?? null;
}

/** Whether the client must be told, by when, and what the notice comes too late for. */
function notification(
  edition: Edition,
  informed: Traveller,
  effect: ChangeEffect,
  charges: readonly Charge[],
): Notification {
  if (!isWorse(effect)) {
    return { telling: 'not-needed', tellBy: null, toldOn: null, missedOn: null };
  }
  const toldOn = informed.notices.find(({ editionId }) => editionId === edition.id)?.noticedOn;
  const missedOn = firstMissed(edition, informed, effect, charges);
  const on = edition.no === Number.MAX_SAFE_INTEGER ? 'to-tell' : 'told';
  return {
    telling: missedOn ? 'late' : on,
    tellBy: tellBy(edition, missedOn ?? effect.boundaryOn),
    toldOn: toldOn ?? null,
    missedOn,
  };
}

function isWorse({ effect }: ChangeEffect): boolean {
  return effect === 'dearer' || effect === 'loses' || effect === 'ends';
}

/** The first renewal that would differ, had its client been told long ago. */
function firstMissed(
  edition: Edition,
  { notices }: Traveller,
  { boundaryOn }: ChangeEffect,
  charges: readonly Charge[],
): Temporal.PlainDate | null {
  const { compare } = Temporal.PlainDate;
  const { existingOn } = edition;
  if (!existingOn) return null;
  const early = noticedBy([...notices, { editionId: edition.id, noticedOn: LONG_AGO }]);
  const missed = charges.find(({ boundaryOn: on, offer, entitlements, quote }) => {
    if (compare(on, existingOn) < 0 || compare(on, boundaryOn) >= 0) return false;
    const { sale, subscription } = offer;
    const same = { termMonths: subscription.termMonths, drop: [] };
    const full = renewalQuote(sale, subscription, entitlements, same, early);
    return quotesDiffer(quote, full);
  });
  return missed?.boundaryOn ?? null;
}

const LONG_AGO = Temporal.PlainDate.from('1970-01-01');
