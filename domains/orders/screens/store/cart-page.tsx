import { useEffect, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { BALANCE, paymentHref, startPayment } from '#domains/payments/screens/pay/pay-way.ts';
import { api } from '#web/api.ts';
import { clientPaths, storePaths } from '#web/paths.ts';
import type { StorePage } from '#web/store/store-page.ts';
import { useForm } from '#web/ui/use-form.ts';
import { useWords } from '#web/ui/use-words.ts';
import { CartAccount } from './cart-account.tsx';
import { CartAddOns } from './cart-add-ons.tsx';
import type { CartData, CartValues } from './cart-data.ts';
import { cartInput, loadBuyer, loadCart, productOf } from './cart-data.ts';
import { CartPackage } from './cart-package.tsx';
import { CartPayment } from './cart-payment.tsx';
import { CartSummary } from './cart-summary.tsx';
import './cart.css';
import { useCartQuote } from './use-cart-quote.ts';

/** Express Cart: one page from the plan to the payment. */
export const cartPage: StorePage<CartData> = {
  load: async (request) => (await loadCart(request)) ?? { absent: true },
  meta: ({ say }) => ({ title: say('orders.cart.title'), noindex: true }),
  Screen: CartScreen,
};

function CartScreen({ data }: { data: CartData }) {
  const text = useTranslations('orders.cart');
  const words = useWords();
  const locale = useLocale();
  const product = productOf(data);
  const [buyer, setBuyer] = useState(data.buyer);
  // What stands on the button, for the order to hold us to.
  const shownMinor = useRef(data.quote?.totalMinor ?? 0);
  const form = useForm({
    initial: data.values,
    submit: (values, idempotencyKey) =>
      orderAndPay(product, values, shownMinor.current, idempotencyKey),
    onDone: (href) => globalThis.location.assign(href),
  });
  const cart = useCartQuote(cartInput(product, form.values), data.quote, [
    buyer.kind,
    form.refusedTimes,
  ]);
  const totalMinor = cart.quote?.totalMinor ?? 0;
  useEffect(() => {
    shownMinor.current = totalMinor;
  }, [totalMinor]);
  const page = useFocusOnRefused(form.refusedTimes);
  const plan = product.plans.find(({ id }) => id === form.values.planId);
  return (
    <div ref={page} className="store-width cart">
      <header>
        <h1>{text('heading', { product: words(product.name) })}</h1>
        <p className="cart-lead">
          <a href={storePaths.product({ locale, productId: product.id })}>{text('compare')}</a>
        </p>
      </header>
      <div className="cart-columns">
        <div className="cart-steps">
          <CartPackage product={product} form={form} />
          {plan && <CartAddOns shop={data.shop} plan={plan} form={form} />}
          <CartAccount buyer={buyer} onChange={async () => setBuyer(await loadBuyer(api))} />
          {buyer.kind === 'client' && (
            <CartPayment pay={buyer.pay} totalMinor={totalMinor} form={form} />
          )}
        </div>
        <CartSummary cart={cart} form={form} buyer={buyer} />
      </div>
    </div>
  );
}

/** The button stands far from the fields: what was refused is shown and takes the focus. */
function useFocusOnRefused(refusedTimes: number) {
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusedTimes === 0) return;
    page.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusedTimes]);
  return page;
}

/**
 * Places the order and starts its payment; pressed again after a lost answer, the same key finds
 * the same order. Gives the address to go to.
 */
async function orderAndPay(
  product: ReturnType<typeof productOf>,
  values: CartValues,
  expectedTotalMinor: number,
  idempotencyKey: string,
): Promise<string> {
  const { pay, domainName } = values;
  const fromBalance = pay.way === BALANCE;
  const order = await api.orders.place(
    {
      ...cartInput(product, values),
      domainName,
      expectedTotalMinor,
      payFromBalance: fromBalance,
    },
    { context: { idempotencyKey } },
  );
  const packageHref = clientPaths.package({ subscriptionId: order.subscriptionId });
  if (fromBalance || !order.invoiceId || order.totalMinor === 0) return packageHref;
  const { invoiceId } = order;
  return paymentHref(await startPayment({ invoiceId }, pay, `${idempotencyKey}-payment`));
}
