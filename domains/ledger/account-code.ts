/**
 * The chart of accounts. An account is (branch, book, code, currency); the book is the seller in
 * whose books it stands. Debits are positive.
 */
export const DEFERRED_REVENUE = 'deferred-revenue';
/** In a reseller's own book: its prepaid money with the parent, an asset. */
export const WALLET_AT_PARENT = 'wallet-at-parent';
export const COST_OF_SALES = 'cost-of-sales';

/** Earned: the service was rendered. Posted by the month. */
export const REVENUE = 'revenue';
/** Tax owed beyond what was charged, because its rate changed before the service was rendered. */
export const TAX_DIFFERENCE = 'tax-difference';
/** What was owed and will not be paid, an expense. */
export const BAD_DEBTS = 'bad-debts';

/** What a buyer (client or reseller) owes. */
export function receivableCode(buyerId: string): string {
  return `receivable:${buyerId}`;
}

/** Money held for a client, a liability: 100.00 held stands as −100.00. */
export function balanceCode(clientId: string): string {
  return `balance:${clientId}`;
}

/** Money held for a reseller, in its parent's book; may stand above zero by its credit limit. */
export function walletCode(sellerId: string): string {
  return `wallet:${sellerId}`;
}

export function cashCode(gatewayId: string): string {
  return `cash:${gatewayId}`;
}

/** Money taken off balances that a gateway has not yet given back to the payers, a liability. */
export function refundingCode(gatewayId: string): string {
  return `refunding:${gatewayId}`;
}

export function taxCode(place: string): string {
  return `tax:${place}`;
}

/** The ceiling an account is opened with: nobody spends money of which we hold none. */
export function ceilingAtOpening(code: string): bigint | null {
  return code.startsWith('balance:') || code.startsWith('wallet:') ? 0n : null;
}

/** What to answer when an account would pass its ceiling. */
export function shortageRefusal(code: string): 'balance-too-low' | 'wallet-too-low' {
  return code.startsWith('wallet:') ? 'wallet-too-low' : 'balance-too-low';
}
