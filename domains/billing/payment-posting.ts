import type { Posting, PostingEntry } from '#domains/ledger/index.ts';
import type { Draft } from './draft-document.ts';
import { settleEntries } from './ledger-entries.ts';

/** What money for an invoice posts. `beside`: entries of other books that belong to the movement. */
export function paymentPosting(
  invoice: Draft,
  { from, cause }: { from: { code: string }; cause: string },
  paid: { appliedMinor: bigint; restMinor: bigint },
  beside: readonly PostingEntry[] = [],
): Posting {
  return {
    branch: invoice.branch,
    kind: 'payment',
    cause,
    documentId: invoice.id,
    entries: [...settleEntries(invoice, from.code, paid), ...beside],
  };
}

/** Why money held for the buyer moves: once for what was paid before. */
export function fromBalanceCause({ id, paidMinor }: Pick<Draft, 'id' | 'paidMinor'>): string {
  return `from-balance:${id}:${paidMinor}`;
}
