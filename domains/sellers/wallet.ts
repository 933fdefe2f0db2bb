import { z } from 'zod';
import type { Money } from '#kit/money.ts';
import { money } from '#kit/money.ts';
import { refuse } from '#kit/refusal.ts';
import { balanceOf, post, setCeiling } from '#domains/ledger/index.ts';
import type { Ctx } from '#platform/context.ts';
import { eventType } from '#platform/events.ts';
import { selectSeller } from './store.ts';
import type { Seller } from './seller.ts';

export const walletToppedUp = eventType(
  'wallet.topped-up',
  z.object({ sellerId: z.string(), minor: z.int(), currency: z.string() }),
);

type Account = { branch: number; book: string; code: string; currency: string };

/** The wallet is a liability in the parent's books, so money in it is a credit (negative). */
async function walletAccount(ctx: Ctx, sellerId: string, currency: string): Promise<Account> {
  const seller = await selectSeller(ctx, sellerId);
  if (!seller?.parentId) refuse('wallet-not-found', { field: 'sellerId' });
  return { branch: seller.branch, book: seller.parentId, code: `wallet:${seller.id}`, currency };
}

export async function walletBalance(ctx: Ctx, sellerId: string, currency: string): Promise<Money> {
  const held = await balanceOf(ctx, await walletAccount(ctx, sellerId, currency));
  return money(-held.minor, currency);
}

/**
 * Opens the wallet with its credit limit (zero for prepaid only). The limit is the account's
 * ceiling, so no concurrency and no defect above can spend past it.
 */
export async function setWalletLimit(ctx: Ctx, sellerId: string, limit: Money): Promise<void> {
  if (limit.minor < 0n) refuse('credit-limit-invalid', { field: 'limit' });
  await setCeiling(ctx, await walletAccount(ctx, sellerId, limit.currency), limit);
}

export type TopUp = {
  seller: Seller;
  amount: Money;
  /** What moved: a payment's id. The same cause tops up once. */
  cause: string;
  /** The account it came from, as `cash:bank-transfer`. */
  from: string;
};

/** Adds money that a reseller paid to its parent; orders that wait for it are told. */
export async function topUpWallet(ctx: Ctx, { seller, amount, cause, from }: TopUp): Promise<void> {
  if (amount.minor <= 0n) refuse('amount-invalid', { field: 'amount' });
  const account = await walletAccount(ctx, seller.id, amount.currency);
  const posted = await post(ctx, {
    branch: account.branch,
    kind: 'wallet-top-up',
    cause,
    entries: [
      { book: account.book, code: from, amount },
      { book: account.book, code: account.code, amount: money(-amount.minor, amount.currency) },
      { book: seller.id, code: 'wallet-at-parent', amount },
      { book: seller.id, code: 'owner-funds', amount: money(-amount.minor, amount.currency) },
    ],
  });
  if (posted === 'already') return;
  await ctx.announce(walletToppedUp, {
    branch: account.branch,
    subject: seller.id,
    payload: {
      sellerId: seller.id,
      minor: Number(amount.minor),
      currency: amount.currency,
    },
  });
}
