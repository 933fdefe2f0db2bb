import { useTranslations } from 'use-intl';
import { adminPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Link } from '#web/ui/link.tsx';
import { Money } from '#web/ui/money.tsx';
import type { StaffPaymentDetailWire } from '../../contract.ts';
import { PaymentMethod } from '../payment-columns.tsx';
import { useFailureWords } from '../use-failure-words.ts';

/** What is known of a payment, each thing leading to what stands behind it. */
export function PaymentFacts({ payment }: { payment: StaffPaymentDetailWire }) {
  const all = useTranslations('payments');
  const text = useTranslations('payments.fields');
  const staff = useTranslations('payments.staff');
  const failureWords = useFailureWords();
  const { invoice, received, finishedAt, failureCode, gatewayRef, nextCheckAt } = payment;
  return (
    <Card title={staff('facts')}>
      <KeyValue
        facts={[
          {
            label: text('client'),
            value: (
              <Link href={adminPaths.client({ clientId: payment.clientId })}>
                {payment.clientName}
              </Link>
            ),
          },
          {
            label: text('for'),
            value: invoice ? (
              <Link href={adminPaths.invoice({ invoiceId: invoice.id })}>
                {all('forInvoice', { number: invoice.number })}
              </Link>
            ) : (
              all('toBalance')
            ),
          },
          invoice !== null &&
            invoice.due.minor > 0 && {
              label: staff('invoiceDue'),
              value: <Money {...invoice.due} />,
            },
          { label: text('amount'), value: <Money {...payment.amount} /> },
          received !== null && { label: text('received'), value: <Money {...received} /> },
          { label: text('method'), value: <PaymentMethod payment={payment} /> },
          failureCode !== null && {
            label: text('failure'),
            value: payment.failureMessage || failureWords(failureCode).what,
          },
          { label: text('createdAt'), value: <DateText at={payment.createdAt} time /> },
          finishedAt !== null && {
            label: text('finishedAt'),
            value: <DateText at={finishedAt} time />,
          },
          payment.kind === 'page' && {
            label: staff('checks'),
            value: staff('times', { count: payment.checks }),
          },
          nextCheckAt !== null && {
            label: staff('nextCheck'),
            value: <DateText at={nextCheckAt} time />,
          },
          { label: text('brand'), value: payment.brandName },
          { label: text('id'), value: <CopyField label={text('id')} value={payment.id} /> },
          gatewayRef !== null && {
            label: text('gatewayRef'),
            value: <CopyField label={text('gatewayRef')} value={gatewayRef} />,
          },
        ]}
      />
    </Card>
  );
}
