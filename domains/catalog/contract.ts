import { shopContract } from './shop-contract.ts';
import { editionContract } from './edition-contract.ts';
import { goodsContract } from './goods-contract.ts';
import { promoContract } from './promo-contract.ts';

/** What is sold, by date: the public shop window, and the staff's work on it. */
export const catalogContract = {
  shop: shopContract,
  goods: goodsContract,
  editions: editionContract,
  promos: promoContract,
};
