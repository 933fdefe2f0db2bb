import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { BALANCE, NO_WAY } from '#domains/payments/screens/pay/pay-way.ts';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import type { PackageView } from '#web/client/package-panels.ts';
import { Callout } from '#web/ui/callout.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { Money } from '#web/ui/money.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { Select } from '#web/ui/select.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { useForm } from '#web/ui/use-form.ts';
import type { AddOnOfferView } from '../../contract.ts';
import { QuoteLines } from '../quote-lines.tsx';
import { useWords } from '#web/ui/use-words.ts';
import { ComingPrice } from './coming-price.tsx';
import { followPayment, PayChoice, payOrder } from './pay-choice.tsx';

type Props = { subscription: PackageView; offer: AddOnOfferView; onClose: () => void };

/** The exact price and how it comes about, before the click that buys. */
export function BuyAddOnDialog({ subscription, offer, onClose }: Props) {
  const text = useTranslations('orders.screen.addOns');
  const words = useWords();
  return (
    <Dialog open onClose={onClose} title={text('dialog', { name: words(offer.name) })}>
      <BuyForm subscription={subscription} offer={offer} onClose={onClose} />
    </Dialog>
  );
}

function BuyForm({ subscription, offer, onClose }: Props) {
  const text = useTranslations('orders.screen.addOns');
  const queries = useQueryClient();
  const navigation = useNavigation();
  // What stands on the button, for the order to hold us to.
  const shownMinor = useRef(0);
  const form = useForm({
    initial: { quantity: '1', pay: NO_WAY },
    submit: async ({ quantity, pay }, idempotencyKey) => {
      const order = await api.orders.buyAddOn(
        {
          subscriptionId: subscription.id,
          componentId: offer.componentId,
          quantity: Number(quantity),
          expectedTotalMinor: shownMinor.current,
          payFromBalance: pay.way === BALANCE,
        },
        { context: { idempotencyKey } },
      );
      return payOrder(order, pay, idempotencyKey);
    },
    onDone: (href) => {
      void queries.invalidateQueries();
      if (href) followPayment(href, navigation.go);
      else onClose();
    },
  });
  const quote = useQuery(
    apiQuery.orders.quoteAddOn.queryOptions({
      input: {
        subscriptionId: subscription.id,
        componentId: offer.componentId,
        quantity: Number(form.values.quantity),
      },
      placeholderData: keepPreviousData,
    }),
  );
  const shown = quote.data?.totalMinor ?? 0;
  useEffect(() => {
    shownMinor.current = shown;
  }, [shown]);
  if (quote.error) return <FailureCallout error={quote.error} />;
  if (!quote.data) return <CardSkeleton />;
  const { totalMinor, currency } = quote.data;
  const left = offer.quantityMax - offer.held;
  return (
    <Form
      form={form}
      submit={text('submit')}
      amount={<Money minor={totalMinor} currency={currency} />}
      disabled={form.values.pay.way === '' || quote.isPlaceholderData}
      wide
    >
      {left > 1 && (
        <Select
          {...form.field('quantity')}
          label={text('quantity')}
          options={Array.from({ length: left }, (_, index) => ({
            value: String(index + 1),
            label: String(index + 1),
          }))}
        />
      )}
      <QuoteLines quote={quote.data} />
      <ComingPrice offer={offer} />
      <p className="ui-muted">{text('coTermed')}</p>
      {!offer.refundable && <Callout tone="info">{text('final')}</Callout>}
      <PayChoice
        due={{ minor: totalMinor, currency }}
        value={form.values.pay}
        onChange={(pay) => form.set('pay', pay)}
      />
    </Form>
  );
}
