export {
  BAD_DEBTS,
  balanceCode,
  cashCode,
  COST_OF_SALES,
  DEFERRED_REVENUE,
  receivableCode,
  REVENUE,
  TAX_DIFFERENCE,
  refundingCode,
  taxCode,
  WALLET_AT_PARENT,
  walletCode,
} from './account-code.ts';
export { balanceOf, moneyHeld, setCeiling } from './account-balance.ts';
export type { LedgerAccount } from './account-balance.ts';
export { entriesOf, entriesOfDocument } from './entries.ts';
export { enter, openJournal, saveJournal } from './journal.ts';
export type { Hold, Journal } from './journal.ts';
export { post } from './post.ts';
export { movementOf } from './posting.ts';
export type { Movement, Posting, PostingEntry } from './posting.ts';
export type { LedgerEntry } from './store.ts';
export { verifyLedger } from './verify.ts';
