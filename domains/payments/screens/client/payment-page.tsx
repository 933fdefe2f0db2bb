import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { clientPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { Money, useMoneyText } from '#web/ui/money.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import type { PaymentDetailWire } from '../../contract.ts';
import { PaymentBadge } from '../payment-badge.tsx';
import { PaymentMethod, usePurpose } from '../payment-columns.tsx';
import { AwaitedTransfer } from './awaited-transfer.tsx';
import { Cancelled, Failed, Succeeded } from './payment-outcome.tsx';
import { RefundsCard } from './refunds-card.tsx';
import { NoAnswer, WaitingForBank } from './payment-waiting.tsx';

const LOOK_AGAIN_MS = 2000;
const LOOK_FOR_TRANSFER_MS = 15_000;

/** Where the payer comes back to: how the payment stands, why, and what to do next. */
export function PaymentPage() {
  const { paymentId } = usePathParams(clientPaths.payment);
  const query = useQuery(
    apiQuery.payments.get.queryOptions({
      input: { id: paymentId },
      refetchInterval: ({ state }) => pauseMs(state.data),
    }),
  );
  if (query.data) return <PaymentScreen payment={query.data} />;
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  return <PageSkeleton />;
}

function pauseMs(payment: PaymentDetailWire | undefined): number | false {
  if (payment?.state !== 'pending' && payment?.state !== 'starting') return false;
  return payment.kind === 'transfer' ? LOOK_FOR_TRANSFER_MS : LOOK_AGAIN_MS;
}

function PaymentScreen({ payment }: { payment: PaymentDetailWire }) {
  const text = useTranslations('payments');
  const moneyText = useMoneyText();
  const { minor, currency } = payment.amount;
  return (
    <>
      <PageHeader
        title={text('one', { amount: moneyText(minor, currency) })}
        crumbs={[{ label: text('list.title'), href: clientPaths.payments() }]}
        status={<PaymentBadge state={payment.state} />}
      />
      <Columns main>
        <Stack>
          <Standing payment={payment} />
          {payment.state === 'succeeded' && <RefundsCard paymentId={payment.id} />}
        </Stack>
        <Facts payment={payment} />
      </Columns>
    </>
  );
}

function Standing({ payment }: { payment: PaymentDetailWire }) {
  if (payment.state === 'succeeded') return <Succeeded payment={payment} />;
  if (payment.state === 'failed') return <Failed payment={payment} />;
  if (payment.state === 'cancelled') return <Cancelled payment={payment} />;
  if (payment.kind === 'transfer') return <AwaitedTransfer payment={payment} />;
  if (payment.state === 'starting') return <NoAnswer payment={payment} />;
  return <WaitingForBank payment={payment} />;
}

function Facts({ payment }: { payment: PaymentDetailWire }) {
  const text = useTranslations('payments.fields');
  const page = useTranslations('payments.back');
  const purpose = usePurpose();
  const { invoiceId, received, amount, finishedAt } = payment;
  return (
    <Card title={page('facts')}>
      <KeyValue
        facts={[
          {
            label: text('for'),
            value: invoiceId ? (
              <Link href={clientPaths.invoice({ invoiceId })}>{purpose(payment)}</Link>
            ) : (
              purpose(payment)
            ),
          },
          { label: text('amount'), value: <Money {...amount} /> },
          received !== null &&
            received.minor !== amount.minor && {
              label: text('received'),
              value: <Money {...received} />,
            },
          { label: text('method'), value: <PaymentMethod payment={payment} /> },
          { label: text('createdAt'), value: <DateText at={payment.createdAt} time /> },
          finishedAt !== null && {
            label: text('finishedAt'),
            value: <DateText at={finishedAt} time />,
          },
          { label: text('id'), value: <CopyField label={text('id')} value={payment.id} /> },
        ]}
      />
    </Card>
  );
}
