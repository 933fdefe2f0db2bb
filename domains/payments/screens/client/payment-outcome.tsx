import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { Callout } from '#web/ui/callout.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useMoneyText } from '#web/ui/money.tsx';
import type { PaymentDetailWire } from '../../contract.ts';
import { useFailureWords } from '../use-failure-words.ts';

type Props = { payment: PaymentDetailWire };

/** Paid: what became of it, and the way on to the thing that was bought. */
export function Succeeded({ payment }: Props) {
  const text = useTranslations('payments.back');
  const moneyText = useMoneyText();
  const queries = useQueryClient();
  // Whatever was shown before the money came is out of date.
  useEffect(() => {
    void queries.invalidateQueries({ predicate: (query) => !query.isActive() });
  }, [queries]);
  const { invoiceId, invoiceNumber, amount } = payment;
  const received = payment.received ?? amount;
  const title = text('succeeded', { amount: moneyText(received.minor, received.currency) });
  if (invoiceId === null || invoiceNumber === null) {
    return (
      <Outcome
        tone="good"
        title={title}
        actions={
          <LinkButton tone="primary" href={clientPaths.balance()}>
            {text('toBalance')}
          </LinkButton>
        }
      >
        {text(invoiceNumber === null ? 'succeededBalance' : 'succeededMany')}
      </Outcome>
    );
  }
  const overMinor = received.minor - amount.minor;
  return (
    <PaidInvoice
      title={title}
      invoiceId={invoiceId}
      number={invoiceNumber}
      over={overMinor > 0 ? moneyText(overMinor, received.currency) : null}
    />
  );
}

type PaidInvoiceProps = {
  title: string;
  invoiceId: string;
  number: string;
  /** What arrived beyond the amount asked for. */
  over: string | null;
};

function PaidInvoice({ title, invoiceId, number, over }: PaidInvoiceProps) {
  const text = useTranslations('payments.back');
  const moneyText = useMoneyText();
  const invoice = useQuery(
    apiQuery.billing.invoices.get.queryOptions({ input: { id: invoiceId } }),
  );
  const due = invoice.data?.due;
  const subscriptionId = invoice.data?.lines.find((line) => line.subscriptionId)?.subscriptionId;
  const domain = invoice.data?.about;
  const toInvoice = text('toInvoice', { number });
  const invoiceHref = clientPaths.invoice({ invoiceId });
  return (
    <Outcome
      tone="good"
      title={title}
      actions={
        <>
          {subscriptionId && domain && (
            <LinkButton tone="primary" href={clientPaths.package({ subscriptionId })}>
              {text('toPackage', { domain })}
            </LinkButton>
          )}
          <LinkButton href={invoiceHref}>{toInvoice}</LinkButton>
        </>
      }
    >
      {due && due.minor > 0
        ? text('succeededPart', { number, due: moneyText(due.minor, due.currency) })
        : text('succeededInvoice', { number })}
      {over !== null && ` ${text('succeededMore', { over })}`}
    </Outcome>
  );
}

export function Failed({ payment }: Props) {
  const text = useTranslations('payments.back');
  const failureWords = useFailureWords();
  return (
    <Outcome
      tone="bad"
      title={text('failed')}
      actions={
        <LinkButton tone="primary" href={payAgainHref(payment)}>
          {text('payAgain')}
        </LinkButton>
      }
    >
      {text('failedHelp', failureWords(payment.failureCode))}
    </Outcome>
  );
}

export function Cancelled({ payment }: Props) {
  const text = useTranslations('payments.back');
  return (
    <Outcome
      tone="info"
      title={text('cancelled')}
      actions={<LinkButton href={payAgainHref(payment)}>{text('payAgain')}</LinkButton>}
    >
      {text('cancelledHelp')}
    </Outcome>
  );
}

function payAgainHref({ invoiceId }: PaymentDetailWire): string {
  return invoiceId ? clientPaths.invoice({ invoiceId }) : clientPaths.balance();
}

type OutcomeProps = {
  tone: 'good' | 'bad' | 'info';
  title: string;
  actions: ReactNode;
  children: ReactNode;
};

function Outcome({ tone, title, actions, children }: OutcomeProps) {
  return (
    <Stack>
      <Callout tone={tone} title={title} announce actions={actions}>
        {children}
      </Callout>
    </Stack>
  );
}
