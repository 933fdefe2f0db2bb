import { useTranslations } from 'use-intl';
import { useBrand } from '#web/store/store-context.tsx';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { useMoneyText } from '#web/ui/money.tsx';
import { Select } from '#web/ui/select.tsx';
import type { FormState } from '#web/ui/use-form.ts';
import { useWords } from '#web/ui/use-words.ts';
import type { CartValues, Shop, ShopPlan } from './cart-data.ts';

type Props = { shop: Shop; plan: ShopPlan; form: FormState<CartValues> };

/** What comes with the plan, and what may be bought to it at its price for the chosen term. */
export function CartAddOns({ shop, plan, form }: Props) {
  const text = useTranslations('orders.cart');
  const words = useWords();
  const nameOf = (id: string) => shop.components.find((one) => one.id === id)?.name;
  const included = plan.included.flatMap((id) => {
    const name = nameOf(id);
    return name ? [words(name)] : [];
  });
  if (plan.addons.length === 0 && included.length === 0) return null;
  return (
    <section className="cart-step" aria-labelledby="cart-add-ons">
      <h2 id="cart-add-ons">{text('addOns')}</h2>
      {included.length > 0 && (
        <p className="ui-muted">{text('included', { names: included.join(', ') })}</p>
      )}
      <div className="cart-add-ons">
        {plan.addons.map((addon) => (
          <AddOn
            key={addon.componentId}
            {...{ shop, plan, form }}
            componentId={addon.componentId}
          />
        ))}
      </div>
      {form.refusalByField['addOns'] && (
        <p className="cart-refusal" role="alert">
          {form.refusalByField['addOns']}
        </p>
      )}
    </section>
  );
}

function AddOn({ shop, plan, form, componentId }: Props & { componentId: string }) {
  const text = useTranslations('orders.cart');
  const words = useWords();
  const moneyText = useMoneyText();
  const { currency } = useBrand();
  const component = shop.components.find((one) => one.id === componentId);
  const price = plan.addons
    .find((addon) => addon.componentId === componentId)
    ?.prices.find((one) => one.termMonths === form.values.termMonths);
  if (!component || !price) return null;
  const quantity = form.values.addOns[componentId] ?? 0;
  const set = (next: number) => form.set('addOns', { ...form.values.addOns, [componentId]: next });
  const money = (minor: number) => moneyText(minor, currency, { trim: true });
  return (
    <div className="cart-add-on">
      <Checkbox
        label={words(component.name)}
        help={
          component.refundable
            ? words(component.description)
            : `${words(component.description)} ${text('notRefundable')}`
        }
        checked={quantity > 0}
        onChange={(on) => set(on ? 1 : 0)}
      />
      {quantity > 0 && component.quantityMax > 1 && (
        <Select
          label={text('quantityOf', { name: words(component.name) })}
          labelHidden
          value={String(quantity)}
          onChange={(value) => set(Number(value))}
          options={Array.from({ length: component.quantityMax }, (_, index) => ({
            value: String(index + 1),
            label: `× ${index + 1}`,
          }))}
        />
      )}
      <span className="cart-add-on-price">
        {text('monthly', { price: money(price.monthlyMinor) })}
      </span>
    </div>
  );
}
