import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { storePaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Money, useMoneyText } from '#web/ui/money.tsx';
import { useRefusalText } from '#web/ui/refusal-text.ts';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import type { FormState } from '#web/ui/use-form.ts';
import type { CartQuoteView } from '../../quote-wire.ts';
import { QuoteLines } from '../quote-lines.tsx';
import type { Buyer, CartValues } from './cart-data.ts';
import type { CartQuote } from './use-cart-quote.ts';

type Props = { cart: CartQuote; form: FormState<CartValues>; buyer: Buyer };

/** Each line, tax and total, the promo code, and the button with the amount on it. */
export function CartSummary({ cart, form, buyer }: Props) {
  const text = useTranslations('orders.cart');
  const locale = useLocale();
  const refusalText = useRefusalText();
  const { quote, stale, refusal, failed } = cart;
  const isOurs = refusal !== null && !refusal.code.startsWith('promo-');
  const ready = buyer.kind === 'client' && quote !== null && !stale && form.values.pay.way !== '';
  return (
    <aside className="cart-summary" aria-label={text('summary')}>
      <h2>{text('summary')}</h2>
      <div className="cart-quote" data-stale={stale || undefined} aria-busy={stale || undefined}>
        {quote ? <QuoteLines quote={quote} /> : !refusal && !failed && <CardSkeleton />}
        {quote?.billingDay && <BillingDay {...quote.billingDay} currency={quote.currency} />}
      </div>
      <Promo form={form} refusal={refusal && !isOurs ? refusalText(refusal) : undefined} />
      {refusal && isOurs && (
        <Callout tone="bad" announce>
          {refusalText(refusal)}
        </Callout>
      )}
      {failed && <Callout tone="bad">{text('failed')}</Callout>}
      {form.refusal && (
        <Callout tone="bad" announce>
          {form.refusal}
        </Callout>
      )}
      <Button
        tone="primary"
        size="large"
        wide
        busy={form.busy}
        disabled={!ready}
        amount={quote && <Money minor={quote.totalMinor} currency={quote.currency} />}
        onClick={() => void form.submit()}
      >
        {text('submit')}
      </Button>
      <p className="cart-note">
        {buyer.kind === 'guest' ? text('signFirst') : text('after')}{' '}
        {text.rich('agree', {
          terms: (chunk) => <a href={storePaths.terms({ locale })}>{chunk}</a>,
        })}
      </p>
    </aside>
  );
}

type BillingDayProps = NonNullable<CartQuoteView['billingDay']> & { currency: string };

/** Where packages are billed from a fixed day: what is paid until then, and what comes after. */
function BillingDay({ currency, ...first }: BillingDayProps) {
  const text = useTranslations('orders.cart.billingDay');
  const locale = useLocale();
  const moneyText = useMoneyText();
  const { until, days, termMonths: months, termMinor, isTermIncluded } = first;
  const part = moneyText(first.partMinor, currency);
  const term = termMinor === null ? '' : moneyText(termMinor, currency);
  return (
    <Callout tone="info">
      {text('part', { until: formatDate(until, locale), days, part })}{' '}
      {termMinor !== null && text(isTermIncluded ? 'and' : 'then', { months, term })}
    </Callout>
  );
}

function Promo({ form, refusal }: { form: FormState<CartValues>; refusal: string | undefined }) {
  const text = useTranslations('orders.cart');
  const [typed, setTyped] = useState(form.values.promo);
  const [open, setOpen] = useState(form.values.promo !== '');
  if (!open) {
    return (
      <Button tone="quiet" size="small" onClick={() => setOpen(true)}>
        {text('promoOpen')}
      </Button>
    );
  }
  return (
    <form
      className="cart-promo"
      onSubmit={(event) => {
        event.preventDefault();
        form.set('promo', typed.trim());
      }}
    >
      <TextInput
        label={text('promo')}
        value={typed}
        onChange={setTyped}
        refusal={refusal ?? form.refusalByField['promo']}
        autoComplete="off"
        spellCheck={false}
        maxLength={60}
        mono
      />
      <Button type="submit">{text('promoApply')}</Button>
    </form>
  );
}
