import type { z } from 'zod';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocale } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import type { GoodsWire } from '../../contract/goods-contract.ts';

/** The staff's view of the catalogue on a day. */
export type Goods = z.infer<typeof GoodsWire>;
export type GoodsProduct = Goods['products'][number];
export type GoodsPlan = GoodsProduct['plans'][number];
export type GoodsComponent = Goods['components'][number];
export type GoodsItem = Goods['prices'][number]['item'];

/** `on`: a date; left out, today in the seller's billing zone. */
export function useGoods(on?: string) {
  return useQuery({
    ...apiQuery.catalog.goods.read.queryOptions({ input: on ? { on } : {} }),
    placeholderData: keepPreviousData,
  });
}

export function useLocalised(): (words: { ru: string; en: string }) => string {
  const locale = useLocale();
  return (words) => (locale === 'ru' ? words.ru : words.en);
}

/** What an item is called: a plan with its product, since both products have a «Старт». */
export function useItemName(goods: Goods | undefined): (item: GoodsItem) => string {
  const say = useLocalised();
  return ({ kind, id }) => {
    if (kind === 'component') {
      const component = goods?.components.find((each) => each.id === id);
      return component ? say(component.name) : id;
    }
    const product = goods?.products.find(({ plans }) => plans.some((plan) => plan.id === id));
    const plan = product?.plans.find((each) => each.id === id);
    return product && plan ? `${say(product.name)}: ${say(plan.name)}` : id;
  };
}
