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

export type AccountKey = { branch: number; book: string; code: string; currency: string };
/** `name` is the key as one text. */
export type AccountDelta = AccountKey & { name: string; minor: bigint };

/** A posting with what it does to each account. */
export type Movement = { posting: Posting; deltas: readonly AccountDelta[] };

/**
 * The change of each account, in the order of the entries. Throws when a book does not balance in
 * some currency: that is a defect.
 */
export function movementOf(posting: Posting): Movement {
  const deltas = new Map<string, AccountDelta>();
  const books = new Map<string, bigint>();
  const { branch } = posting;
  for (const { book, code, amount } of posting.entries) {
    const { minor, currency } = amount;
    const inBook = `${book} ${currency}`;
    books.set(inBook, (books.get(inBook) ?? 0n) + minor);
    const name = accountName({ branch, book, code, currency });
    const before = deltas.get(name)?.minor ?? 0n;
    deltas.set(name, { branch, book, code, currency, name, minor: before + minor });
  }
  for (const [book, minor] of books) {
    if (minor !== 0n) throw new Error(`the entries in book ${book} sum to ${minor}, not to zero`);
  }
  return { posting, deltas: [...deltas.values()] };
}

/** One text for one account. */
export function accountName({ branch, book, code, currency }: AccountKey): string {
  return `${branch} ${book} ${code} ${currency}`;
}

/**
 * By (branch, book, code, currency): every transaction holds accounts in this one order. Byte order,
 * as PostgreSQL's "C" collation has it.
 */
export function compareAccounts(a: AccountKey, b: AccountKey): number {
  return (
    a.branch - b.branch ||
    compare(a.book, b.book) ||
    compare(a.code, b.code) ||
    compare(a.currency, b.currency)
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
