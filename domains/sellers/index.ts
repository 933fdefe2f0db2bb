export { isWithin } from './seller.ts';
export type { LegalDetails, Seller } from './seller.ts';
export { createSeller } from './create-seller.ts';
export {
  nextBranch as newBranch,
  selectChain as sellerChain,
  selectOperator as findOperator,
  selectSeller as findSeller,
  selectTree as sellersWithin,
} from './store.ts';
export { setWalletLimit, topUpWallet, walletBalance, walletToppedUp } from './wallet.ts';
