import { useLocale, useTranslations } from 'use-intl';
import { storePaths } from '#web/paths.ts';
import { useBrand } from '#web/store/store-context.tsx';
import { useMoneyText } from '#web/ui/money.tsx';
import { placesPerCell, RackDrawing } from './rack-drawing.tsx';
import type { ShopProduct } from './shop.ts';
import { lowestMonthly, useWords } from './shop.ts';

/** A product on the counter: its plans as racks to scale, and from what price. */
export function ProductTile({ product }: { product: ShopProduct }) {
  const text = useTranslations('catalog.store');
  const words = useWords();
  const locale = useLocale();
  const { currency } = useBrand();
  const perCell = placesPerCell(product.plans.map((plan) => plan.limits.accounts));
  const price = useMoneyText()(lowestMonthly([product]), currency, { trim: true });
  return (
    <article className="shop-tile">
      <h3>
        <a href={storePaths.product({ locale, productId: product.id })}>{words(product.name)}</a>
      </h3>
      <p>{words(product.description)}</p>
      <ul className="shop-tile-plans">
        {product.plans.map((plan) => (
          <li key={plan.id}>
            <RackDrawing
              accounts={plan.limits.accounts}
              perCell={perCell}
              label={text('plans.rackAlt', { accounts: plan.limits.accounts })}
            />
            <span>{words(plan.name)}</span>
          </li>
        ))}
      </ul>
      <p className="shop-tile-foot">
        <strong>
          {text('common.from', { price })} {text('common.perMonth')}
        </strong>
        <span aria-hidden>{text('home.see')} →</span>
      </p>
    </article>
  );
}
