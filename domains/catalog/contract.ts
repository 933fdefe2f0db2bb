import { shopContract } from './contract/shop-contract.ts';
import { editionContract } from './contract/edition-contract.ts';
import { goodsContract } from './contract/goods-contract.ts';
import { promoContract } from './contract/promo-contract.ts';

/** What is sold, by date: the public shop window, and the staff's work on it. */
export const catalogContract = {
  shop: shopContract,
  goods: goodsContract,
  editions: editionContract,
  promos: promoContract,
};
