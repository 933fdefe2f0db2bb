import { decimalOf } from '#kit/money.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { shortageRefusal } from './account-code.ts';
import { accountDeltas } from './posting.ts';
import type { AccountDelta, Posting } from './posting.ts';
import { addToBalances, insertEntries, insertTxn, isPosted, lockAccounts } from './store.ts';
import type { LockedAccount } from './store.ts';

/**
 * Posts a balanced movement, once per cause: a second call with the cause says `already` and
 * changes nothing. Refuses `balance-too-low` or `wallet-too-low` (params `missingMinor`,
 * `missing` in decimals, `currency`) before it has written anything, so a caller may catch that and go on.
 */
export async function post(ctx: Ctx, posting: Posting): Promise<'posted' | 'already'> {
  const deltas = accountDeltas(posting.entries);
  const accounts = await lockAccounts(ctx, posting.branch, deltas);
  if (await isPosted(ctx, posting.branch, posting.cause)) return 'already';
  refuseShortage(accounts, deltas);
  const txnId = ctx.newId('txn', posting.branch);
  if (!(await insertTxn(ctx, txnId, posting))) return 'already';
  const moving = posting.entries.filter((entry) => entry.amount.minor !== 0n);
  if (moving.length === 0) return 'posted';
  await insertEntries(ctx, posting.branch, txnId, moving);
  await addToBalances(ctx, posting.branch, deltas);
  return 'posted';
}

/** A balance that only falls is never refused: who is over a lowered limit may still pay in. */
function refuseShortage(accounts: readonly LockedAccount[], deltas: readonly AccountDelta[]): void {
  for (const account of accounts) {
    const delta = deltas.find(
      ({ book, code, currency }) =>
        book === account.book && code === account.code && currency === account.currency,
    );
    if (!delta || account.ceilingMinor === null || delta.minor <= 0n) continue;
    const missingMinor = account.balanceMinor + delta.minor - account.ceilingMinor;
    if (missingMinor <= 0n) continue;
    const missing = decimalOf({ minor: missingMinor, currency: account.currency });
    refuse(shortageRefusal(account.code), {
      params: { missingMinor: Number(missingMinor), missing, currency: account.currency },
    });
  }
}
