import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { SignInForm } from '#domains/identity/screens/store/sign-in-form.tsx';
import { SignUpForm } from '#domains/identity/screens/store/sign-up-form.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { RadioCards } from '#web/ui/radio-cards.tsx';
import type { Buyer } from './cart-data.ts';

type Props = { buyer: Buyer; onChange: () => Promise<void> };
type Way = 'sign-up' | 'sign-in';

/** Signing up or in without leaving the cart; the order then is this client's. */
export function CartAccount({ buyer, onChange }: Props) {
  const text = useTranslations('orders.cart');
  const [way, setWay] = useState<Way>('sign-up');
  if (buyer.kind === 'client') return null;
  const done = () => void onChange();
  return (
    <section className="cart-step" aria-labelledby="cart-account">
      <h2 id="cart-account">{text('account')}</h2>
      {buyer.kind === 'staff' ? (
        <Callout tone="wait">{text('staff')}</Callout>
      ) : (
        <>
          <RadioCards<Way>
            label={text('account')}
            labelHidden
            side
            value={way}
            onChange={setWay}
            options={[
              { value: 'sign-up', label: text('signUp') },
              { value: 'sign-in', label: text('signIn') },
            ]}
          />
          {way === 'sign-up' ? <SignUpForm onDone={done} /> : <SignInForm onDone={done} />}
        </>
      )}
    </section>
  );
}
