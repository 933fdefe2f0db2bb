import type { z } from 'zod';
import { useFormatter, useLocale } from 'use-intl';
import type { StoreRequest } from '#web/store/store-page.ts';
import type { ShopCatalogueWire } from '../../contract/shop-contract.ts';

/** What the brand sells today, as every page of the shop gets it. */
export type Shop = z.infer<typeof ShopCatalogueWire>;
export type ShopProduct = Shop['products'][number];
export type ShopPlan = ShopProduct['plans'][number];
export type ShopComponent = Shop['components'][number];
export type ShopPrice = ShopPlan['prices'][number];
type Words = { ru: string; en: string };

export async function loadShop({ api }: StoreRequest): Promise<Shop> {
  return api.catalog.shop.catalogue({});
}

/** The words of a thing in the page's language. */
export function inLanguage(words: Words, locale: string): string {
  return locale === 'ru' ? words.ru : words.en;
}

/** A name within a sentence: «лицензия WHMCS»; what begins with capitals keeps them. */
export function withinSentence(name: string): string {
  return /^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

export function useWords(): (words: Words) => string {
  const locale = useLocale();
  return (words) => inLanguage(words, locale);
}

export function priceFor(prices: readonly ShopPrice[], termMonths: number): ShopPrice | undefined {
  return prices.find((price) => price.termMonths === termMonths);
}

/** The term a visitor sees first: a year, or the nearest that is sold. */
export function firstTerm(product: ShopProduct): number {
  const sold = termsOf(product);
  return sold.find((term) => term === 12) ?? sold.at(-1) ?? 12;
}

export function termsOf(product: ShopProduct): number[] {
  const sold = product.plans.flatMap((plan) => plan.prices.map((price) => price.termMonths));
  return [...new Set<number>(sold)].toSorted((a, b) => a - b);
}

/** The lowest price of a month, whatever the plan and the term. */
export function lowestMonthly(products: readonly ShopProduct[]): number {
  const all = products.flatMap(({ plans }) => plans.flatMap(({ prices }) => prices));
  return Math.min(...all.map((price) => price.monthlyMinor));
}

export function componentOf(shop: Shop, id: string): ShopComponent | undefined {
  return shop.components.find((component) => component.id === id);
}

/** The add-on's offer in the first plan that has it: one price list serves every plan. */
export function addonPrices(shop: Shop, componentId: string): readonly ShopPrice[] {
  for (const { plans } of shop.products) {
    for (const { addons } of plans) {
      const offer = addons.find((addon) => addon.componentId === componentId);
      if (offer) return offer.prices;
    }
  }
  return [];
}

const MB_PER_GB = 1024;
const GB_PER_TB = 1000;

/** Sizes as people say them: `60 ГБ`, `1 ТБ`, `256 МБ`. */
export function useSizes(): { disk(mb: number): string; traffic(gb: number): string } {
  const format = useFormatter();
  const say = (value: number, unit: 'megabyte' | 'gigabyte' | 'terabyte') =>
    format.number(value, { style: 'unit', unit, maximumFractionDigits: 1 });
  return {
    disk: (mb) => (mb < MB_PER_GB ? say(mb, 'megabyte') : say(mb / MB_PER_GB, 'gigabyte')),
    traffic: (gb) => (gb < GB_PER_TB ? say(gb, 'gigabyte') : say(gb / GB_PER_TB, 'terabyte')),
  };
}
