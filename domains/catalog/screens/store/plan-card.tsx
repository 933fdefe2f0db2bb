import { IconCheck } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'use-intl';
import { Icon } from '#web/ui/icon.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { Money, useMoneyText } from '#web/ui/money.tsx';
import { useBrand } from '#web/store/store-context.tsx';
import { cartHref } from './cart-href.ts';
import { RackDrawing } from './rack-drawing.tsx';
import type { Shop, ShopPlan, ShopProduct } from './shop.ts';
import { componentOf, priceFor, useSizes, useWords } from './shop.ts';

export type PlanCardProps = {
  shop: Shop;
  product: ShopProduct;
  plan: ShopPlan;
  termMonths: number;
  /** Component ids that the visitor ticked. */
  chosen: readonly string[];
  perCell: number;
};

/** One plan: its price for the term, the three numbers that decide, and the whole sum to pay. */
export function PlanCard({ shop, product, plan, termMonths, chosen, perCell }: PlanCardProps) {
  const text = useTranslations('catalog.store');
  const words = useWords();
  const { currency } = useBrand();
  const locale = useLocale();
  const price = priceFor(plan.prices, termMonths);
  const addons = plan.addons.filter((addon) => chosen.includes(addon.componentId));
  const blocks = addons.map(
    (addon) => componentOf(shop, addon.componentId)?.provides.accounts ?? 0,
  );
  const extras = addons.map((addon) => priceFor(addon.prices, termMonths)?.totalMinor ?? 0);
  const total = extras.reduce((sum, minor) => sum + minor, price?.totalMinor ?? 0);
  const ids = addons.map((addon) => addon.componentId);
  return (
    <article className="shop-plan">
      <header className="shop-plan-head">
        <h2>{words(plan.name)}</h2>
        <RackDrawing
          accounts={plan.limits.accounts}
          added={blocks.reduce((sum, count) => sum + count, 0)}
          perCell={perCell}
          label={text('plans.rackAlt', { accounts: plan.limits.accounts })}
        />
      </header>
      {price ? (
        <PlanPrice price={price} />
      ) : (
        <p className="shop-plan-price ui-muted">{text('plans.noPrice')}</p>
      )}
      <Numbers plan={plan} />
      {price && (
        <div className="shop-plan-order">
          <LinkButton
            tone="primary"
            size="large"
            wide
            href={cartHref({ locale, productId: product.id, planId: plan.id, termMonths }, ids)}
            amount={<Money minor={total} currency={currency} trim />}
          >
            {text('plans.order')}
          </LinkButton>
          <p className="shop-plan-note">
            {text(addons.length > 0 ? 'plans.withAddons' : 'plans.withoutAddons', {
              months: text('common.months', { months: termMonths }),
            })}
          </p>
        </div>
      )}
      {plan.included.length > 0 && (
        <ul className="shop-plan-included" aria-label={text('plans.includes')}>
          {plan.included.map((id) => {
            const component = componentOf(shop, id);
            return (
              <li key={id}>
                <Icon of={IconCheck} />
                {component && words(component.name)}
              </li>
            );
          })}
        </ul>
      )}
    </article>
  );
}

function PlanPrice({ price }: { price: ShopPlan['prices'][number] }) {
  const text = useTranslations('catalog.store');
  const { currency } = useBrand();
  const sayMoney = useMoneyText();
  const money = (minor: number) => sayMoney(minor, currency, { trim: true });
  const months = text('common.months', { months: price.termMonths });
  return (
    <div className="shop-plan-price" aria-live="polite">
      <p className="shop-plan-monthly">
        <strong>{money(price.monthlyMinor)}</strong> {text('common.perMonth')}
      </p>
      <p className="shop-plan-total">
        {text('plans.total', { price: money(price.totalMinor), months })}
      </p>
      <p className="shop-plan-saving">
        {price.savingMinor > 0
          ? text('plans.saving', { price: money(price.savingMinor) })
          : '\u00a0'}
      </p>
      {price.renewMonthlyMinor !== price.monthlyMinor && (
        <p className="shop-plan-note">
          {text('plans.renews', { price: money(price.renewMonthlyMinor) })}
        </p>
      )}
    </div>
  );
}

function Numbers({ plan }: { plan: ShopPlan }) {
  const text = useTranslations('catalog.store.plans');
  const sizes = useSizes();
  const { accounts, diskMb, trafficGb } = plan.limits;
  const numbers = [
    { figure: String(accounts), words: text('accounts', { count: accounts }) },
    { figure: sizes.disk(diskMb), words: text('disk') },
    { figure: sizes.traffic(trafficGb), words: text('traffic') },
  ];
  return (
    <dl className="shop-plan-numbers">
      {numbers.map(({ figure, words }) => (
        <div key={words}>
          <dt>{words}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
    </dl>
  );
}
