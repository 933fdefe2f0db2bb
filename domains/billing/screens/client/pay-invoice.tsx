import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { Money, useMoneyText } from '#web/ui/money.tsx';
import { RadioCards, type RadioCard } from '#web/ui/radio-cards.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { useForm } from '#web/ui/use-form.ts';
import type { InvoiceDetail } from '../invoice-wire-types.ts';

const BALANCE = 'balance';

/** What is due and how to pay it: from the balance, on a gateway's page, by transfer. */
export function PayInvoice({ invoice }: { invoice: InvoiceDetail }) {
  const query = useQuery(apiQuery.payments.methods.queryOptions({ input: {} }));
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <CardSkeleton />;
  return <PayForm invoice={invoice} methods={query.data.methods} />;
}

type Method = { id: string; title: { ru: string; en: string }; kind: 'page' | 'transfer' };

function PayForm({ invoice, methods }: { invoice: InvoiceDetail; methods: readonly Method[] }) {
  const text = useTranslations('billing.screen.pay');
  const [transferred, setTransferred] = useState(false);
  const queries = useQueryClient();
  const options = useOptions(invoice, methods);
  const form = useForm({
    initial: { method: options.find((option) => !option.disabled)?.value ?? '' },
    submit: ({ method }, idempotencyKey) => payBy(method, invoice.id, idempotencyKey),
    onDone: (redirectUrl, { method }) => {
      if (redirectUrl) globalThis.location.assign(redirectUrl);
      else if (method !== BALANCE) setTransferred(true);
      void queries.invalidateQueries();
    },
  });
  const isTransfer = methods.some(
    ({ id, kind }) => id === form.values.method && kind === 'transfer',
  );
  if (transferred) return <Callout tone="info">{text('transferDone')}</Callout>;
  return (
    <Card title={text('title')}>
      <Form
        form={form}
        submit={text(isTransfer ? 'transferSubmit' : 'submit')}
        amount={<Money {...invoice.due} />}
        disabled={form.values.method === ''}
        wide
      >
        <RadioCards label={text('how')} options={options} {...form.field('method')} />
      </Form>
    </Card>
  );
}

/** The address of the gateway's page; null when there is nowhere to go. */
async function payBy(
  method: string,
  invoiceId: string,
  idempotencyKey: string,
): Promise<string | null> {
  const context = { idempotencyKey };
  if (method === BALANCE) {
    await api.billing.invoices.payFromBalance({ id: invoiceId }, { context });
    return null;
  }
  const returnPath = clientPaths.invoice({ invoiceId });
  const payment = await api.payments.start(
    { invoiceId, gatewayId: method, returnPath },
    { context },
  );
  return payment.redirectUrl;
}

function useOptions(
  { balance, due }: InvoiceDetail,
  methods: readonly Method[],
): RadioCard<string>[] {
  const text = useTranslations('billing.screen.pay');
  const moneyText = useMoneyText();
  const locale = useLocale() === 'ru' ? 'ru' : 'en';
  const held = moneyText(balance.minor, balance.currency);
  const missing = due.minor - balance.minor;
  const fromBalance: RadioCard<string> = {
    value: BALANCE,
    label: text('balance'),
    help:
      missing > 0
        ? text('balanceShort', { held, missing: moneyText(missing, due.currency) })
        : text('balanceHelp', { held }),
    disabled: missing > 0,
  };
  return [
    fromBalance,
    ...methods.map(({ id, title, kind }) => ({
      value: id,
      label: title[locale],
      help: text(kind),
    })),
  ];
}
