import { decimalOf } from '#kit/money.ts';
import { Refusal } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { shortageRefusal } from './account-code.ts';
import { accountName, compareAccounts } from './posting.ts';
import type { AccountDelta, AccountKey, Movement, Posting } from './posting.ts';
import {
  insertPostings,
  insertTxns,
  lockAccounts,
  moveBalances,
  openAccounts,
  readAccounts,
  selectPosted,
} from './store.ts';
import type { HeldAccount, Txn } from './store.ts';

/**
 * Accounts that a transaction holds, and what it will have posted to them. Entering is arithmetic
 * in memory, so that thousands of movements are decided one after the other, each seeing those
 * before it, and written together.
 */
export type Journal = {
  readonly hold: Hold;
  readonly accounts: ReadonlyMap<string, HeldAccount>;
  readonly posted: Set<string>;
  readonly entered: Movement[];
  /** Accounts that had too little for something. */
  readonly short: Set<string>;
};

/**
 * When the accounts are held until the transaction ends. `first`: before anything is decided.
 * `last`: after all else is written, so that others wait for them a moment only; what was decided
 * by balances that have moved since fails then, and is to be done again with accounts held first.
 */
export type Hold = 'first' | 'last';

/**
 * Opens the accounts that any of the movements may touch. Held last, their causes must be new: one
 * that was posted before breaks `ledger_txn_once_per_cause`.
 */
export async function openJournal(
  ctx: Ctx,
  movements: readonly Movement[],
  hold: Hold = 'first',
): Promise<Journal> {
  const keys = new Map<string, AccountKey>();
  for (const { deltas } of movements) {
    for (const delta of deltas) keys.set(delta.name, delta);
  }
  const sorted = [...keys.values()].toSorted(compareAccounts);
  const postings = movements.map(({ posting }) => posting);
  const [held, posted] =
    hold === 'first'
      ? [await lockAccounts(ctx, sorted), await selectPosted(ctx, postings)]
      : [await readAccounts(ctx, sorted), []];
  return {
    hold,
    accounts: new Map(held.map((account) => [accountName(account), account])),
    posted: new Set(posted.map(causeName)),
    entered: [],
    short: new Set(),
  };
}

function causeName({ branch, cause }: Pick<Posting, 'branch' | 'cause'>): string {
  return `${branch} ${cause}`;
}

/**
 * Posts in memory: all of the movements or none. Causes that were posted before are left out. The
 * answer is null, or the first shortage (`balance-too-low`, `wallet-too-low`) and whose it is.
 */
export function enter(
  journal: Journal,
  movements: readonly Movement[],
): { refusal: Refusal; movement: Movement } | null {
  const fresh = movements.filter(({ posting }) => !journal.posted.has(causeName(posting)));
  const done: AccountDelta[] = [];
  for (const movement of fresh) {
    const refusal = shortageOf(journal, movement.deltas);
    if (refusal) {
      for (const { name, minor } of done) accountIn(journal, name).balanceMinor -= minor;
      return { refusal, movement };
    }
    for (const { name, minor } of movement.deltas) accountIn(journal, name).balanceMinor += minor;
    done.push(...movement.deltas);
  }
  for (const movement of fresh) {
    journal.posted.add(causeName(movement.posting));
    journal.entered.push(movement);
  }
  return null;
}

function accountIn(journal: Journal, name: string): HeldAccount {
  const account = journal.accounts.get(name);
  if (!account) throw new Error(`${name} is not held`);
  return account;
}

/** A balance that only falls is never refused: who is over a lowered limit may still pay in. */
function shortageOf(journal: Journal, deltas: readonly AccountDelta[]): Refusal | null {
  for (const { name, minor } of deltas) {
    if (minor <= 0n) continue;
    const account = accountIn(journal, name);
    if (account.ceilingMinor === null) continue;
    const missingMinor = account.balanceMinor + minor - account.ceilingMinor;
    if (missingMinor <= 0n) continue;
    journal.short.add(name);
    const { code, currency } = account;
    const missing = decimalOf({ minor: missingMinor, currency });
    return new Refusal(shortageRefusal(code), {
      params: { missingMinor: Number(missingMinor), missing, currency },
    });
  }
  return null;
}

/** Writes what was entered, with a few statements whatever its number. */
export async function saveJournal(ctx: Ctx, journal: Journal): Promise<void> {
  const txns: Txn[] = journal.entered.map(({ posting }) => ({
    id: ctx.newId('txn', posting.branch),
    posting,
  }));
  const moved = sumsOf(journal);
  if (journal.hold === 'first') return insertPostings(ctx, txns, moved);
  await openAccounts(
    ctx,
    moved.filter(({ name }) => accountIn(journal, name).isNew),
  );
  await insertTxns(ctx, txns);
  await moveAndCompare(ctx, journal, moved);
}

/** What is moved on each account, in the order in which accounts are held. */
function sumsOf({ entered }: Journal): AccountDelta[] {
  const sums = new Map<string, AccountDelta>();
  for (const { deltas } of entered) {
    for (const delta of deltas) {
      const before = sums.get(delta.name);
      if (before) sums.set(delta.name, { ...before, minor: before.minor + delta.minor });
      else sums.set(delta.name, delta);
    }
  }
  return [...sums.values()].filter(({ minor }) => minor !== 0n).toSorted(compareAccounts);
}

/** A limit that was passed meanwhile breaks `ledger_account_within_limit`. */
async function moveAndCompare(
  ctx: Ctx,
  journal: Journal,
  moved: readonly AccountDelta[],
): Promise<void> {
  const known = new Set(moved.map(({ name }) => name));
  const others = [...journal.short].filter((name) => !known.has(name));
  const still = others.map((name) => ({ ...accountIn(journal, name), name, minor: 0n }));
  const all = [...moved, ...still.filter(({ isNew }) => !isNew)].toSorted(compareAccounts);
  for (const { balanceMinor, ...key } of await moveBalances(ctx, all)) {
    const name = accountName(key);
    if (journal.short.has(name) && balanceMinor !== accountIn(journal, name).balanceMinor) {
      throw new Error(`${name} has moved since a refusal was decided by it`);
    }
  }
}
