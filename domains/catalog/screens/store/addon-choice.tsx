import { useTranslations } from 'use-intl';
import { useBrand } from '#web/store/store-context.tsx';
import { useMoneyText } from '#web/ui/money.tsx';
import { ComponentDrawing } from './component-drawing.tsx';
import type { Shop, ShopComponent } from './shop.ts';
import { addonPrices, priceFor, useWords } from './shop.ts';

export type AddonChoiceProps = {
  shop: Shop;
  /** What may be bought to some plan of the product. */
  components: readonly ShopComponent[];
  termMonths: number;
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
};

/** Add-ons with their price for the chosen term; what is ticked counts on the plans' buttons. */
export function AddonChoice(props: AddonChoiceProps) {
  const { shop, components, termMonths, chosen, onChange } = props;
  const text = useTranslations('catalog.store.plans');
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  return (
    <fieldset className="shop-addons">
      <legend>
        <h2>{text('addonsTitle')}</h2>
      </legend>
      <p className="shop-lead">{text('addonsWords')}</p>
      <div className="shop-addons-list">
        {components.map((component) => (
          <AddonRow
            key={component.id}
            shop={shop}
            component={component}
            termMonths={termMonths}
            checked={chosen.includes(component.id)}
            onToggle={() => toggle(component.id)}
          />
        ))}
      </div>
    </fieldset>
  );
}

type RowProps = {
  shop: Shop;
  component: ShopComponent;
  termMonths: number;
  checked: boolean;
  onToggle: () => void;
};

function AddonRow({ shop, component, termMonths, checked, onToggle }: RowProps) {
  const text = useTranslations('catalog.store');
  const words = useWords();
  const { currency } = useBrand();
  const price = priceFor(addonPrices(shop, component.id), termMonths);
  const sayMoney = useMoneyText();
  if (!price) return null;
  const money = (minor: number) => sayMoney(minor, currency, { trim: true });
  const months = text('common.months', { months: termMonths });
  return (
    <label className="shop-addon">
      <input type="checkbox" checked={checked} onChange={onToggle} />
      <ComponentDrawing kind={component.kind} />
      <span className="shop-addon-words">
        <strong>{words(component.name)}</strong>
        <span>{words(component.description)}</span>
        {!component.refundable && <small>{text('plans.notRefundable')}</small>}
      </span>
      <span className="shop-addon-price">
        <strong>{text('plans.addonPrice', { monthly: money(price.monthlyMinor) })}</strong>
        <span>{text('plans.addonTotal', { total: money(price.totalMinor), months })}</span>
      </span>
    </label>
  );
}
