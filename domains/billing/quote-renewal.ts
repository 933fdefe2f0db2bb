import { inclusionOf } from '#domains/catalog/index.ts';
import type { Noticed, Standing } from '#domains/catalog/index.ts';
import { refuse } from '#kit/refusal.ts';
import { termOf } from '#kit/term.ts';
import type { Period } from '#kit/term.ts';
import type { Discount } from './discount.ts';
import { makeQuote } from './make-quote.ts';
import type { PricedLine } from './make-quote.ts';
import { freeLine, pricedLine } from './priced-line.ts';
import type { LineAsk, PriceList } from './priced-line.ts';
import type { Quote, QuoteTax } from './quote.ts';

/** A component the subscription holds, as far as its renewal is decided by it. */
export type Renewable = {
  id: string;
  componentId: string;
  state: 'included' | 'grandfathered' | 'bought' | 'deleted';
  quantity: number;
  sinceOn: Temporal.PlainDate;
  renews: boolean;
  /** True: its holder wants it to stay when a change prices it. */
  optedIn?: boolean;
  /** The first day without it, when a period has been paid without it. */
  endsOn: Temporal.PlainDate | null;
};

export type RenewalAsk = {
  list: PriceList;
  planId: string;
  /** The day whose terms the package was bought on (rule 5). */
  subscribedOn: Temporal.PlainDate;
  /** The next period (`nextPosition` of subscriptions): its start is the boundary priced. */
  next: { period: Period; termMonths: number; anchorOn: Temporal.PlainDate; cycle?: number };
  entitlements: readonly Renewable[];
  /** Ids of entitlements that this renewal leaves out, beside those that do not renew. */
  drop?: readonly string[];
  noticed: Noticed;
  tax: QuoteTax;
  discount?: Discount | null;
};

/**
 * Rule 5: the package for its next period together with all that is still held, by entitlement
 * id. It says the same whenever it is asked for the same boundary, so a preview is a promise.
 * Refuses `plan-not-sold` when the plan has no renewal price at all.
 */
export function quoteRenewal(ask: RenewalAsk): Quote {
  const packageLine = pricedLine(
    lineAsk(ask, { kind: 'plan', id: ask.planId }, null, 1, ask.subscribedOn),
  );
  if (!packageLine) refuse('plan-not-sold', { field: 'termMonths' });
  const lines = ask.entitlements
    .filter((one) => one.state !== 'deleted' && !endsBefore(one, ask.next.period))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((one) => entitlementLine(ask, one));
  return makeQuote(ask.list.currency, [packageLine, ...lines], ask.tax, ask.discount);
}

/**
 * What a component costs in the next period. A bought one is judged by the day it was bought on,
 * one that came with the plan by the day the package was.
 */
function entitlementLine(ask: RenewalAsk, held: Renewable): PricedLine {
  const since = held.state === 'bought' ? held.sinceOn : ask.subscribedOn;
  const item = { kind: 'component' as const, id: held.componentId };
  const line = lineAsk(ask, item, held.id, held.quantity, since);
  if (!held.renews || ask.drop?.includes(held.id)) return freeLine(line, 'dropped', null);
  const inclusion = inclusionOf(ask.list.catalogue, {
    ...line.standing,
    planId: ask.planId,
    componentId: held.componentId,
  });
  if (inclusion.mode === 'included') {
    const state = held.state === 'grandfathered' ? 'grandfathered' : 'included';
    return freeLine(line, state, inclusion.editionId);
  }
  if (mustOptIn(ask, held, inclusion.editionId)) {
    return freeLine(line, 'ended', inclusion.editionId);
  }
  if (inclusion.mode === 'none') return freeLine(line, 'ended', inclusion.editionId);
  const priced = pricedLine(line);
  if (priced) return priced;
  // Nobody can be charged a price that was never set: what was free stays so, the rest ends.
  return freeLine(line, held.state === 'bought' ? 'ended' : 'grandfathered', inclusion.editionId);
}

/** A change may let what was free go, unless its holder has said that it is to stay. */
function mustOptIn({ list }: RenewalAsk, held: Renewable, editionId: string | null): boolean {
  if (held.state === 'bought' || held.optedIn) return false;
  const edition = list.catalogue.editions.find(({ id }) => id === editionId);
  return edition?.carryOver === 'opt-in';
}

function endsBefore(held: Renewable, period: Period): boolean {
  return held.endsOn !== null && Temporal.PlainDate.compare(held.endsOn, period.start) <= 0;
}

function lineAsk(
  ask: RenewalAsk,
  item: LineAsk['item'],
  entitlementId: string | null,
  quantity: number,
  subscribedOn: Temporal.PlainDate,
): LineAsk {
  const { period, termMonths, anchorOn, cycle = 0 } = ask.next;
  const within = termOf({ period, termMonths, anchorOn, cycle });
  const standing: Standing = { subscribedOn, boundaryOn: period.start, noticed: ask.noticed };
  return {
    list: ask.list,
    item,
    entitlementId,
    quantity,
    termMonths,
    action: 'renew',
    standing,
    proration: { basis: 'term-days', anchorOn, within },
    span: period,
  };
}
