import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { Money, useMoneyText } from '#web/ui/money.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { useForm } from '#web/ui/use-form.ts';
import type { PaymentWire } from '../../contract.ts';
import { PayChoice } from '../pay/pay-choice.tsx';
import { BALANCE, isTransfer, NO_WAY, paymentHref, startPayment } from '../pay/pay-way.ts';
import type { PayMethods, PayWay } from '../pay/pay-way.ts';

export type PayInvoiceProps = {
  /** An invoice with something still due; billing's own view of it fits. */
  invoice: { id: string; number: string; due: { minor: number; currency: string } };
  /** Told when the balance has paid it, so that the page around shows what comes next. */
  onPaid?: () => void;
};

/**
 * What is due and how to pay it: from the balance at once, on the gateway's page, by transfer.
 * A payment that was begun before stands first, so that nobody pays twice.
 */
export function PayInvoice(props: PayInvoiceProps) {
  const text = useTranslations('payments.pay');
  const [another, setAnother] = useState(false);
  const { invoice } = props;
  const methods = useQuery(apiQuery.payments.methods.queryOptions({ input: {} }));
  const begun = useQuery(
    apiQuery.payments.list.queryOptions({ input: { invoiceId: invoice.id, limit: 20 } }),
  );
  const error = methods.error ?? begun.error;
  if (error) return <FailureCallout error={error} onRetry={methods.refetch} />;
  if (!methods.data || !begun.data) return <CardSkeleton />;
  const open = begun.data.items.find(
    ({ state, card }) => state === 'pending' || (state === 'starting' && card !== null),
  );
  return (
    <Card title={text('title')}>
      <Stack>
        {open && <Begun payment={open} />}
        {open && !another ? (
          <div>
            <Button onClick={() => setAnother(true)}>{text('another')}</Button>
          </div>
        ) : (
          <PayForm {...props} pay={methods.data} />
        )}
      </Stack>
    </Card>
  );
}

/** The payment of this invoice that waits: for a transfer to arrive, or for the bank. */
function Begun({ payment }: { payment: PaymentWire }) {
  const text = useTranslations('payments.pay');
  const moneyText = useMoneyText();
  const isTransfer = payment.kind === 'transfer';
  const amount = moneyText(payment.amount.minor, payment.amount.currency);
  return (
    <Callout
      tone="wait"
      title={isTransfer ? text('awaited', { amount }) : text('begun')}
      actions={
        <LinkButton size="small" href={clientPaths.payment({ paymentId: payment.id })}>
          {text(isTransfer ? 'transferOpen' : 'begunOpen')}
        </LinkButton>
      }
    >
      {isTransfer
        ? text('awaitedHelp', { number: payment.invoiceNumber ?? '' })
        : text('begunHelp')}
    </Callout>
  );
}

function PayForm({ invoice, onPaid, pay }: PayInvoiceProps & { pay: PayMethods }) {
  const text = useTranslations('payments.pay');
  const queries = useQueryClient();
  const navigation = useNavigation();
  const form = useForm({
    initial: NO_WAY,
    submit: (way, idempotencyKey) => payBy(way, invoice.id, idempotencyKey),
    onDone: (payment) => {
      void queries.invalidateQueries();
      if (!payment) onPaid?.();
      else if (payment.redirectUrl) globalThis.location.assign(payment.redirectUrl);
      else navigation.go(paymentHref(payment));
    },
  });
  const { values } = form;
  return (
    <Form
      form={form}
      submit={text(isTransfer(pay, values) ? 'transferSubmit' : 'submit')}
      amount={<Money {...invoice.due} />}
      disabled={values.way === ''}
      wide
    >
      <PayChoice pay={pay} due={invoice.due} value={values} onChange={form.setAll} />
    </Form>
  );
}

/** The payment that was started; null when the balance has paid already. */
async function payBy(
  way: PayWay,
  invoiceId: string,
  idempotencyKey: string,
): Promise<PaymentWire | null> {
  if (way.way !== BALANCE) return startPayment({ invoiceId }, way, idempotencyKey);
  const context = { idempotencyKey };
  await api.billing.invoices.payFromBalance({ id: invoiceId }, { context });
  return null;
}
