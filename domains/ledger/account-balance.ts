import { money } from '#kit/money.ts';
import type { Money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';
import { compareAccounts } from './posting.ts';
import type { AccountKey } from './posting.ts';
import { lockAccounts, selectAccount, upsertCeiling } from './store.ts';

export type LedgerAccount = AccountKey;

/** The debit balance of an account; zero when nothing has touched it. */
export async function balanceOf(ctx: Ctx, account: LedgerAccount): Promise<Money> {
  const found = await selectAccount(ctx, account);
  return money(found?.balanceMinor ?? 0n, account.currency);
}

/** The money held for a client or reseller in a liability account: the balance turned round. */
export async function moneyHeld(ctx: Ctx, account: LedgerAccount): Promise<Money> {
  const { minor, currency } = await balanceOf(ctx, account);
  return money(-minor, currency);
}

/**
 * What may still be taken out of accounts (money held + credit limit), in the order asked; null for
 * one without a ceiling. Locks them until the transaction ends, all in the ledger's own order, so
 * the answers hold for the postings that follow.
 */
export async function availableInAll(
  ctx: Ctx,
  accounts: readonly LedgerAccount[],
): Promise<(Money | null)[]> {
  const locked = await lockAccounts(ctx, accounts.toSorted(compareAccounts));
  return accounts.map((account) => {
    const found = locked.find((one) => compareAccounts(one, account) === 0);
    if (!found || found.ceilingMinor === null) return null;
    return money(found.ceilingMinor - found.balanceMinor, account.currency);
  });
}

/** Sets the highest debit balance: a wallet's credit limit. The balance must lie within it. */
export async function setCeiling(
  ctx: Ctx,
  account: LedgerAccount,
  ceiling: Money | null,
): Promise<void> {
  await upsertCeiling(ctx, account, ceiling?.minor ?? null);
}
