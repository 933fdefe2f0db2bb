import { Refusal } from '#kit/refusal.ts';
import type { Quote, QuoteLine } from '#domains/billing/index.ts';
import type { Edition, NoticeRecord } from '#domains/catalog/index.ts';
import { noticedBy } from '#domains/catalog/index.ts';
import { nextPosition } from '#domains/subscriptions/index.ts';
import type { Entitlement, LiveSubscription } from '#domains/subscriptions/index.ts';
import type { Sale } from './load-sale.ts';
import { renewalQuote } from './offer-renewal.ts';

/** What a renewal costs from a boundary on, once the client has been told, and did before. */
export type ChangeAhead = {
  boundaryOn: Temporal.PlainDate;
  before: Quote;
  /** Null: it cannot be renewed any more. */
  after: Quote | null;
  /** The same, if its holder keeps what goes otherwise. */
  ifKept: Quote | null;
  /** The editions that telling the client today lets in at this boundary. */
  editionIds: readonly string[];
};

export type ChangeAsk = {
  sale: Pick<Sale, 'list' | 'tax'>;
  subscription: LiveSubscription;
  entitlements: readonly Entitlement[];
  notices: readonly NoticeRecord[];
  today: Temporal.PlainDate;
};

/**
 * What the client must be told of today (rules 6 and 7): each boundary to come at which editions
 * that they were not told of yet would make the renewal dearer, if told today, the earliest first.
 * Each change tells of its own editions alone, so that nothing is charged that no letter spoke of.
 */
export function changesAhead(ask: ChangeAsk): ChangeAhead[] {
  const changes: ChangeAhead[] = [];
  let { notices } = ask;
  for (;;) {
    const change = firstChange({ ...ask, notices });
    if (!change) return changes;
    changes.push(change);
    notices = [...notices, ...noticesOf(change, ask.today)];
  }
}

/** What telling the client of a change records. */
export function noticesOf(
  { editionIds }: Pick<ChangeAhead, 'editionIds'>,
  noticedOn: Temporal.PlainDate,
): NoticeRecord[] {
  return editionIds.map((editionId) => ({ editionId, noticedOn }));
}

/** Priced by the function that charges. */
function firstChange(ask: ChangeAsk): ChangeAhead | null {
  const untold = untoldEditions(ask);
  if (untold.length === 0) return null;
  const told = [
    ...ask.notices,
    ...noticesOf({ editionIds: untold.map(({ id }) => id) }, ask.today),
  ];
  for (const subscription of untilReached(ask, untold)) {
    const before = quoteOrNull(ask, subscription, ask.notices);
    // What cannot be renewed as it is gets no worse.
    if (!before) return null;
    const after = quoteOrNull(ask, subscription, told);
    const boundaryOn = subscription.period.end;
    if (!after || quotesDiffer(before, after)) {
      const reached = untold.filter((edition) => reaches(edition, boundaryOn, ask.today));
      const ifKept = quoteOrNull(ask, subscription, told, true);
      return { boundaryOn, before, after, ifKept, editionIds: reached.map(({ id }) => id) };
    }
  }
  return null;
}

/** Whether it counts at that boundary for somebody who is told today. */
function reaches(
  { existingOn, noticeDays }: Edition,
  boundaryOn: Temporal.PlainDate,
  today: Temporal.PlainDate,
): boolean {
  const { compare } = Temporal.PlainDate;
  if (!existingOn || compare(existingOn, boundaryOn) > 0) return false;
  return compare(today.add({ days: noticeDays }), boundaryOn) <= 0;
}

/** Null when the plan is not sold so any more. */
function quoteOrNull(
  { sale, entitlements }: ChangeAsk,
  subscription: LiveSubscription,
  records: readonly NoticeRecord[],
  keepAll = false,
): Quote | null {
  const same = { termMonths: subscription.termMonths, drop: [], keepAll };
  try {
    return renewalQuote(sale, subscription, entitlements, same, noticedBy(records));
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** Editions that the holder was not told all of, and that reach existing ones at some date. */
function untoldEditions({ sale, subscription, notices }: ChangeAsk): Edition[] {
  const { compare } = Temporal.PlainDate;
  return sale.list.catalogue.editions.filter(
    (edition) =>
      edition.existingOn !== null &&
      compare(edition.effectiveOn, subscription.subscribedOn) > 0 &&
      !notices.some((told) => told.editionId === edition.id && !told.boughtBefore),
  );
}

/**
 * The subscription as it stands at each boundary to come, up to the first that all the editions
 * reach with full notice.
 */
function* untilReached(
  { subscription, today }: ChangeAsk,
  untold: readonly Edition[],
): Generator<LiveSubscription> {
  const { compare } = Temporal.PlainDate;
  const reached = untold.flatMap(({ existingOn, noticeDays }) =>
    existingOn ? [existingOn, today.add({ days: noticeDays })] : [],
  );
  const last = reached.toSorted(compare).at(-1) ?? today;
  let at = subscription;
  for (;;) {
    yield at;
    if (compare(at.period.end, last) >= 0) return;
    at = { ...at, ...nextPosition(at, at.termMonths) };
  }
}

/** Free stays free however it is called; what counts is what is charged, and what goes. */
export function quotesDiffer(before: Quote, after: Quote): boolean {
  return after.lines.some((line) => {
    const earlier = sameLine(before, line);
    const same = earlier?.itemId === line.itemId && earlier.totalMinor === line.totalMinor;
    return !same || isGone(earlier) !== isGone(line);
  });
}

/** The line of the same thing in another quote. */
export function sameLine(quote: Quote, line: QuoteLine): QuoteLine | undefined {
  return quote.lines.find(
    (one) =>
      one.entitlementId === line.entitlementId &&
      (one.itemId === line.itemId || line.kind === 'package'),
  );
}

/** What goes, and would stay for a price if its holder said so: with that price. */
export function couldStay(quote: Quote, ifKept: Quote): QuoteLine[] {
  return quote.lines.flatMap((line) => {
    const kept = line.state === 'ended' ? sameLine(ifKept, line) : undefined;
    return kept?.state === 'bought' ? [kept] : [];
  });
}

function isGone(line: QuoteLine | undefined): boolean {
  return line === undefined || line.state === 'ended';
}
