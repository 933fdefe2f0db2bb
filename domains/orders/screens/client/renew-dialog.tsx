import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { BALANCE, NO_WAY } from '#domains/payments/screens/pay/pay-way.ts';
import type { PayWay } from '#domains/payments/screens/pay/pay-way.ts';
import { formatDate } from '#kit/format-date.ts';
import { TERMS } from '#kit/term.ts';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import type { PackageView } from '#web/client/package-panels.ts';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { Money } from '#web/ui/money.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { Select } from '#web/ui/select.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { QuoteLines } from '../quote-lines.tsx';
import { useWords } from '#web/ui/use-words.ts';
import { followPayment, PayChoice, payOrder } from './pay-choice.tsx';

type Props = {
  subscription: PackageView;
  /** The billing day that the package may be brought to; null: none is offered. */
  billingDay: string | null;
  onClose: () => void;
};

/** Any term, every component staying or going, and the quote that becomes the invoice. */
export function RenewDialog({ subscription, billingDay, onClose }: Props) {
  const text = useTranslations('orders.screen.renewal');
  return (
    <Dialog
      open
      onClose={onClose}
      title={text('dialog', { domain: subscription.domainTitle })}
      wide
    >
      <RenewForm {...{ subscription, billingDay, onClose }} />
    </Dialog>
  );
}

/** In the place of a number of months. */
const TO_BILLING_DAY = 'billing-day';

const renewalOf = (subscription: PackageView, { term, drop }: Values) => ({
  subscriptionId: subscription.id,
  termMonths: term === TO_BILLING_DAY ? subscription.termMonths : Number(term),
  toBillingDay: term === TO_BILLING_DAY,
  drop: [...drop],
});

type Values = { term: string; drop: readonly string[]; pay: PayWay };

function RenewForm({ subscription, billingDay, onClose }: Props) {
  const text = useTranslations('orders.screen.renewal');
  const locale = useLocale();
  const queries = useQueryClient();
  const navigation = useNavigation();
  // What stands on the button, for the order to hold us to.
  const shownMinor = useRef(0);
  const initial: Values = { term: String(subscription.termMonths), drop: [], pay: NO_WAY };
  const form = useForm({
    initial,
    submit: async (values, idempotencyKey) => {
      const order = await api.orders.renew(
        {
          ...renewalOf(subscription, values),
          expectedTotalMinor: shownMinor.current,
          payFromBalance: values.pay.way === BALANCE,
        },
        { context: { idempotencyKey } },
      );
      return payOrder(order, values.pay, idempotencyKey);
    },
    onDone: (href) => {
      void queries.invalidateQueries();
      if (href) followPayment(href, navigation.go);
      else onClose();
    },
  });
  const quote = useQuery(
    apiQuery.orders.quoteRenewal.queryOptions({
      input: renewalOf(subscription, form.values),
      placeholderData: keepPreviousData,
    }),
  );
  const totalMinor = quote.data?.totalMinor ?? 0;
  useEffect(() => {
    shownMinor.current = totalMinor;
  }, [totalMinor]);
  return (
    <Form
      form={form}
      submit={text('submit')}
      amount={quote.data && <Money minor={quote.data.totalMinor} currency={quote.data.currency} />}
      disabled={form.values.pay.way === '' || !quote.data || quote.isPlaceholderData}
      wide
    >
      <Select
        {...form.field('term')}
        label={text('term')}
        help={form.values.term === TO_BILLING_DAY ? text('toBillingDayHelp') : undefined}
        options={[
          ...TERMS.map((months) => ({ value: String(months), label: text('months', { months }) })),
          ...(billingDay
            ? [
                {
                  value: TO_BILLING_DAY,
                  label: text('toBillingDay', { until: formatDate(billingDay, locale) }),
                },
              ]
            : []),
        ]}
      />
      <StayOrGo
        subscription={subscription}
        drop={form.values.drop}
        onChange={(drop) => form.set('drop', drop)}
      />
      {quote.error ? <FailureCallout error={quote.error} /> : null}
      {quote.data ? <QuoteLines quote={quote.data} /> : !quote.error && <CardSkeleton />}
      {quote.data && (
        <PayChoice
          due={{ minor: quote.data.totalMinor, currency: quote.data.currency }}
          value={form.values.pay}
          onChange={(pay) => form.set('pay', pay)}
        />
      )}
    </Form>
  );
}

type StayProps = {
  subscription: PackageView;
  drop: readonly string[];
  onChange: (drop: readonly string[]) => void;
};

/** What goes works to the boundary and is deleted then; what was marked so before stays out. */
function StayOrGo({ subscription, drop, onChange }: StayProps) {
  const text = useTranslations('orders.screen.renewal');
  const words = useWords();
  const held = subscription.components.filter(
    (one) => one.state !== 'deleted' && one.state !== 'included' && one.endsOn === null,
  );
  if (held.length === 0) return null;
  return (
    <fieldset className="ui-field">
      <legend className="ui-field-label ui-legend">{text('stay')}</legend>
      <Stack gap={2}>
        {held.map((one) => (
          <Checkbox
            key={one.id}
            label={words(one.name)}
            help={one.renews ? undefined : text('marked')}
            checked={one.renews && !drop.includes(one.id)}
            disabled={!one.renews}
            onChange={(stays) =>
              onChange(stays ? drop.filter((id) => id !== one.id) : [...drop, one.id])
            }
          />
        ))}
      </Stack>
    </fieldset>
  );
}
