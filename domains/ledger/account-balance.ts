import { money } from '#kit/money.ts';
import type { Money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';
import type { AccountKey } from './posting.ts';
import { selectAccount, upsertCeiling } from './store.ts';

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

/** Sets the highest debit balance: a wallet's credit limit. The balance must lie within it. */
export async function setCeiling(
  ctx: Ctx,
  account: LedgerAccount,
  ceiling: Money | null,
): Promise<void> {
  await upsertCeiling(ctx, account, ceiling?.minor ?? null);
}
