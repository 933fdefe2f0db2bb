import { useTranslations } from 'use-intl';
import { PayChoice } from '#domains/payments/screens/pay/pay-choice.tsx';
import type { PayMethods } from '#domains/payments/screens/pay/pay-way.ts';
import type { FormState } from '#web/ui/use-form.ts';
import type { CartValues } from './cart-data.ts';

type Props = { pay: PayMethods; totalMinor: number; form: FormState<CartValues> };

/** How to pay what is in the cart. */
export function CartPayment({ pay, totalMinor, form }: Props) {
  const text = useTranslations('orders.cart');
  return (
    <section className="cart-step" aria-labelledby="cart-payment">
      <h2 id="cart-payment">{text('payment')}</h2>
      <PayChoice
        pay={pay}
        due={{ minor: totalMinor, currency: pay.balance.currency }}
        value={form.values.pay}
        onChange={(way) => form.set('pay', way)}
        labelHidden
        refusal={form.refusalByField['gatewayId']}
      />
    </section>
  );
}
