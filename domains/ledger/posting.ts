import type { Money } from '#kit/money.ts';

/** One side of a movement: `amount` above zero debits the account, below zero credits it. */
export type PostingEntry = { book: string; code: string; amount: Money };

export type Posting = {
  branch: number;
  /** What happened: `invoice`, `payment`, `void`, `credit-note`, `top-up`, … */
  kind: string;
  /** Why, once: the same cause in the same branch is posted a single time. */
  cause: string;
  /** The document behind it, for whoever follows an amount back. */
  documentId?: string | null;
  entries: readonly PostingEntry[];
};

export type AccountKey = { book: string; code: string; currency: string };
export type AccountDelta = AccountKey & { minor: bigint };

/**
 * The change of each account, sorted by (book, code, currency): every transaction locks accounts
 * in this one order. Throws when a book does not balance in some currency: that is a defect.
 */
export function accountDeltas(entries: readonly PostingEntry[]): AccountDelta[] {
  const deltas = new Map<string, AccountDelta>();
  const books = new Map<string, bigint>();
  for (const { book, code, amount } of entries) {
    const inBook = `${book} ${amount.currency}`;
    books.set(inBook, (books.get(inBook) ?? 0n) + amount.minor);
    const key = `${book} ${code} ${amount.currency}`;
    const before = deltas.get(key)?.minor ?? 0n;
    deltas.set(key, { book, code, currency: amount.currency, minor: before + amount.minor });
  }
  for (const [book, minor] of books) {
    if (minor !== 0n) throw new Error(`the entries in book ${book} sum to ${minor}, not to zero`);
  }
  return [...deltas.values()].toSorted(compareAccounts);
}

/** Byte order, as PostgreSQL's "C" collation has it. */
export function compareAccounts(a: AccountKey, b: AccountKey): number {
  return compare(a.book, b.book) || compare(a.code, b.code) || compare(a.currency, b.currency);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
