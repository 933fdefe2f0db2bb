import { storePaths } from '#web/paths.ts';

export type CartChoice = {
  locale: string;
  productId: string;
  planId: string;
  termMonths: number;
};

/** The Express Cart filled with a choice: `/ru/cart/<product>/<plan>/<term>?addon=…&addon=…`. */
export function cartHref(
  { termMonths, ...choice }: CartChoice,
  addons: readonly string[] = [],
): string {
  const query = new URLSearchParams(addons.map((id) => ['addon', id]));
  const path = storePaths.cart({ ...choice, termMonths: String(termMonths) });
  return addons.length > 0 ? `${path}?${query}` : path;
}
