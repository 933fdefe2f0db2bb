import { useTranslations } from 'use-intl';
import { useAddress } from '#web/ui/address.tsx';
import type { ShopProduct } from './shop.ts';
import { firstTerm, priceFor, termsOf } from './shop.ts';

/**
 * The term in the address (`?term=24`), so that it can be linked and works before the page has
 * woken; awake, it moves every price at once and reloads nothing.
 */
export function TermSwitch({ product, current }: { product: ShopProduct; current: number }) {
  const text = useTranslations('catalog.store');
  const address = useAddress();
  return (
    <nav className="shop-term-switch" aria-label={text('plans.termLabel')}>
      {termsOf(product).map((term) => {
        const patch = { term: term === firstTerm(product) ? null : String(term) };
        const percent = bestSaving(product, term);
        return (
          <a
            key={term}
            href={address.hrefWith(patch)}
            aria-current={term === current ? 'true' : undefined}
            onClick={(event) => {
              event.preventDefault();
              address.setSearch(patch);
            }}
          >
            <span>{text('common.months', { months: term })}</span>
            <small>{percent > 0 ? text('plans.saveUpTo', { percent }) : '\u00a0'}</small>
          </a>
        );
      })}
    </nav>
  );
}

/** The term that the address names, when it is sold; the first one shown otherwise. */
export function useTerm(product: ShopProduct): number {
  const wanted = Number(useAddress().search.get('term'));
  return termsOf(product).includes(wanted) ? wanted : firstTerm(product);
}

/** Whole per cent that the best plan saves at this term against the shortest one. */
function bestSaving(product: ShopProduct, term: number): number {
  const shares = product.plans.map(({ prices }) => {
    const price = priceFor(prices, term);
    if (!price) return 0;
    return Math.floor((price.savingMinor * 100) / (price.savingMinor + price.totalMinor));
  });
  return Math.max(0, ...shares);
}
