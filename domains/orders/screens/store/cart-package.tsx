import { useTranslations } from 'use-intl';
import { useBrand } from '#web/store/store-context.tsx';
import { useMoneyText } from '#web/ui/money.tsx';
import { RadioCards } from '#web/ui/radio-cards.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import type { FormState } from '#web/ui/use-form.ts';
import { useWords } from '#web/ui/use-words.ts';
import type { CartValues, ShopProduct } from './cart-data.ts';
import { planOf } from './cart-data.ts';

type Props = { product: ShopProduct; form: FormState<CartValues> };

/** Which plan, for how long, for which domain. */
export function CartPackage({ product, form }: Props) {
  const text = useTranslations('orders.cart');
  return (
    <section className="cart-step" aria-labelledby="cart-package">
      <h2 id="cart-package">{text('package')}</h2>
      <PlanChoice product={product} form={form} />
      <TermChoice product={product} form={form} />
      <TextInput
        {...form.field('domainName')}
        label={text('domain')}
        help={text('domainHelp')}
        placeholder={text('domainExample')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="url"
        mono
      />
    </section>
  );
}

function PlanChoice({ product, form }: Props) {
  const text = useTranslations('orders.cart');
  const words = useWords();
  const moneyText = useMoneyText();
  const { currency } = useBrand();
  return (
    <RadioCards
      {...form.field('planId')}
      label={text('plan')}
      side
      options={product.plans.map((plan) => {
        const price = plan.prices.find((one) => one.termMonths === form.values.termMonths);
        const monthly =
          price &&
          text('monthly', { price: moneyText(price.monthlyMinor, currency, { trim: true }) });
        const limits = text('limits', { accounts: plan.limits.accounts });
        return {
          value: plan.id,
          label: words(plan.name),
          help: monthly ? `${monthly}, ${limits}` : limits,
          disabled: price === undefined,
        };
      })}
    />
  );
}

function TermChoice({ product, form }: Props) {
  const text = useTranslations('orders.cart');
  const moneyText = useMoneyText();
  const { currency } = useBrand();
  const prices = planOf(product, form.values.planId)?.prices ?? [];
  const money = (minor: number) => moneyText(minor, currency, { trim: true });
  return (
    <RadioCards
      label={text('term')}
      side
      value={String(form.values.termMonths)}
      onChange={(months) => form.set('termMonths', Number(months))}
      refusal={form.refusalByField['termMonths']}
      options={prices.map((price) => ({
        value: String(price.termMonths),
        label: text('months', { months: price.termMonths }),
        help:
          price.savingMinor > 0
            ? text('monthlySaving', {
                price: money(price.monthlyMinor),
                saving: money(price.savingMinor),
              })
            : text('monthly', { price: money(price.monthlyMinor) }),
      }))}
    />
  );
}
