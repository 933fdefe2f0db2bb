import { money } from '#kit/money.ts';
import type { Money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';
import type { AccountKey } from './posting.ts';
import { lockAccounts, selectAccount, upsertCeiling } from './store.ts';

export type LedgerAccount = AccountKey & { branch: number };

/** The debit balance of an account; zero when nothing has touched it. */
export async function balanceOf(ctx: Ctx, account: LedgerAccount): Promise<Money> {
  const found = await selectAccount(ctx, account.branch, account);
  return money(found?.balanceMinor ?? 0n, account.currency);
}

/** The money held for a client or reseller in a liability account: the balance turned round. */
export async function moneyHeld(ctx: Ctx, account: LedgerAccount): Promise<Money> {
  const { minor, currency } = await balanceOf(ctx, account);
  return money(-minor, currency);
}

/**
 * What may still be taken out of an account with a ceiling (money held + credit limit). Locks the
 * account until the transaction ends, so the answer holds for the posting that follows.
 */
export async function availableIn(ctx: Ctx, account: LedgerAccount): Promise<Money | null> {
  const [locked] = await lockAccounts(ctx, account.branch, [account]);
  if (!locked || locked.ceilingMinor === null) return null;
  return money(locked.ceilingMinor - locked.balanceMinor, account.currency);
}

/** The highest debit balance an account may reach; null for none. */
export async function ceilingOf(ctx: Ctx, account: LedgerAccount): Promise<Money | null> {
  const found = await selectAccount(ctx, account.branch, account);
  return found?.ceilingMinor === null || found === null
    ? null
    : money(found.ceilingMinor, account.currency);
}

/** Sets the highest debit balance: a wallet's credit limit. The balance must lie within it. */
export async function setCeiling(
  ctx: Ctx,
  account: LedgerAccount,
  ceiling: Money | null,
): Promise<void> {
  await upsertCeiling(ctx, account.branch, account, ceiling?.minor ?? null);
}
