import { decimalOf } from '#kit/money.ts';
import { Refusal } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { shortageRefusal } from './account-code.ts';
import { accountName, compareAccounts } from './posting.ts';
import type { AccountDelta, AccountKey, Movement, Posting } from './posting.ts';
import { insertPostings, lockAccounts, selectPosted } from './store.ts';
import type { HeldAccount, Txn } from './store.ts';

/**
 * Accounts that a transaction holds, and what it will have posted to them. Entering is arithmetic
 * in memory, so that thousands of movements are decided one after the other, each seeing those
 * before it, and written together.
 */
export type Journal = {
  readonly accounts: ReadonlyMap<string, HeldAccount>;
  readonly posted: Set<string>;
  readonly entered: Movement[];
};

/** Holds all accounts that any of the movements may touch, until the transaction ends. */
export async function openJournal(ctx: Ctx, movements: readonly Movement[]): Promise<Journal> {
  const keys = new Map<string, AccountKey>();
  for (const { deltas } of movements) {
    for (const delta of deltas) keys.set(accountName(delta), delta);
  }
  const held = await lockAccounts(ctx, [...keys.values()].toSorted(compareAccounts));
  const posted = await selectPosted(
    ctx,
    movements.map(({ posting }) => posting),
  );
  return {
    accounts: new Map(held.map((account) => [accountName(account), account])),
    posted: new Set(posted.map(causeName)),
    entered: [],
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
      for (const delta of done) move(journal, delta, -delta.minor);
      return { refusal, movement };
    }
    for (const delta of movement.deltas) move(journal, delta, delta.minor);
    done.push(...movement.deltas);
  }
  for (const movement of fresh) {
    journal.posted.add(causeName(movement.posting));
    journal.entered.push(movement);
  }
  return null;
}

function accountIn(journal: Journal, key: AccountKey): HeldAccount {
  const account = journal.accounts.get(accountName(key));
  if (!account) throw new Error(`${accountName(key)} is not held`);
  return account;
}

function move(journal: Journal, key: AccountKey, minor: bigint): void {
  accountIn(journal, key).balanceMinor += minor;
}

/** A balance that only falls is never refused: who is over a lowered limit may still pay in. */
function shortageOf(journal: Journal, deltas: readonly AccountDelta[]): Refusal | null {
  for (const delta of deltas) {
    if (delta.minor <= 0n) continue;
    const account = accountIn(journal, delta);
    if (account.ceilingMinor === null) continue;
    const missingMinor = account.balanceMinor + delta.minor - account.ceilingMinor;
    if (missingMinor <= 0n) continue;
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
  const moved = new Map<string, AccountDelta>();
  for (const { deltas } of journal.entered) {
    for (const delta of deltas) {
      const name = accountName(delta);
      moved.set(name, { ...delta, minor: (moved.get(name)?.minor ?? 0n) + delta.minor });
    }
  }
  await insertPostings(
    ctx,
    txns,
    [...moved.values()].filter(({ minor }) => minor !== 0n),
  );
}
