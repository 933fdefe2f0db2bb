import { useEffect } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useMoneyText } from '#web/ui/money.tsx';
import { RadioCards } from '#web/ui/radio-cards.tsx';
import type { FormState } from '#web/ui/use-form.ts';
import type { CartValues, PayMethods } from './cart-data.ts';

type Props = { pay: PayMethods; totalMinor: number; form: FormState<CartValues> };

/** How to pay: from the balance when it suffices, on a gateway's page, by transfer. */
export function CartPayment({ pay, totalMinor, form }: Props) {
  const text = useTranslations('orders.cart');
  const moneyText = useMoneyText();
  const locale = useLocale() === 'ru' ? 'ru' : 'en';
  const { minor: held, currency } = pay.balance;
  const missing = totalMinor - held;
  const first = pay.methods[0]?.id ?? '';
  const { method } = form.values;
  useEffect(() => {
    if (method === '' || (method === 'balance' && missing > 0)) form.set('method', first);
    // Only what makes the choice impossible may change it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [method, missing > 0, first]);
  return (
    <section className="cart-step" aria-labelledby="cart-payment">
      <h2 id="cart-payment">{text('payment')}</h2>
      <RadioCards
        {...form.field('method')}
        label={text('payment')}
        labelHidden
        options={[
          ...pay.methods.map(({ id, title, kind }) => ({
            value: id,
            label: title[locale],
            help: text(`methods.${kind}`),
          })),
          {
            value: 'balance',
            label: text('methods.balance'),
            help:
              missing > 0
                ? text('methods.short', {
                    held: moneyText(held, currency),
                    missing: moneyText(missing, currency),
                  })
                : text('methods.enough', { held: moneyText(held, currency) }),
            disabled: missing > 0,
          },
        ]}
      />
    </section>
  );
}
