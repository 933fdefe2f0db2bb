import {
  BAD_DEBTS,
  balanceCode,
  DEFERRED_REVENUE,
  receivableCode,
  taxCode,
  walletCode,
} from '#domains/ledger/index.ts';
import type { PostingEntry } from '#domains/ledger/index.ts';
import { money } from '#kit/money.ts';
import type { Draft } from './draft-document.ts';

type Document = Pick<
  Draft,
  | 'sellerId'
  | 'buyerKind'
  | 'buyerId'
  | 'currency'
  | 'netMinor'
  | 'taxMinor'
  | 'totalMinor'
  | 'taxPlace'
>;

/** An issued invoice: the buyer owes the total; the net is still to be earned, the tax to be paid. */
export function issueEntries(document: Document): PostingEntry[] {
  const entry = entryIn(document);
  return [
    entry(receivableCode(document.buyerId), document.totalMinor),
    entry(DEFERRED_REVENUE, -document.netMinor),
    entry(taxCode(document.taxPlace), -document.taxMinor),
  ];
}

/** An invoice paid as it is issued, from what is held for its buyer: nothing is owed in between. */
export function paidIssueEntries(document: Document): PostingEntry[] {
  const [, ...earned] = issueEntries(document);
  return [entryIn(document)(heldCode(document), document.totalMinor), ...earned];
}

/** An invoice taken back unpaid. */
export function voidEntries(document: Document): PostingEntry[] {
  return issueEntries(document).map((entry) => ({
    ...entry,
    amount: money(-entry.amount.minor, entry.amount.currency),
  }));
}

/** A credit note to a paid invoice: what was paid becomes the buyer's money again. */
export function creditEntries(document: Document): PostingEntry[] {
  const entry = entryIn(document);
  return [
    entry(DEFERRED_REVENUE, document.netMinor),
    entry(taxCode(document.taxPlace), document.taxMinor),
    entry(heldCode(document), -document.totalMinor),
  ];
}

/** A debt given up: all that is still owed, tax and all, is a loss. */
export function writeOffEntries(document: Document, lostMinor: bigint): PostingEntry[] {
  const entry = entryIn(document);
  return [entry(BAD_DEBTS, lostMinor), entry(receivableCode(document.buyerId), -lostMinor)];
}

/** Money that came for an invoice; what is more than was due stays with the buyer. */
export function settleEntries(
  document: Document,
  from: string,
  paid: { appliedMinor: bigint; restMinor: bigint },
): PostingEntry[] {
  const entry = entryIn(document);
  return [
    entry(from, paid.appliedMinor + paid.restMinor),
    entry(receivableCode(document.buyerId), -paid.appliedMinor),
    entry(heldCode(document), -paid.restMinor),
  ];
}

/** The account that holds the buyer's money with this seller. */
export function heldCode({ buyerKind, buyerId }: Pick<Document, 'buyerKind' | 'buyerId'>): string {
  return buyerKind === 'client' ? balanceCode(buyerId) : walletCode(buyerId);
}

function entryIn(document: Document) {
  return (code: string, minor: bigint): PostingEntry => ({
    book: document.sellerId,
    code,
    amount: money(minor, document.currency),
  });
}
