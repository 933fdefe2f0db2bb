import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Link } from '#web/ui/link.tsx';
import { Money } from '#web/ui/money.tsx';
import { Table } from '#web/ui/table.tsx';
import { RefundDocument } from '../refund-document.tsx';
import { RefundBadge } from '../refund-badge.tsx';

/** What of a payment went back to the payer; nothing while nothing did. */
export function RefundsCard({ paymentId }: { paymentId: string }) {
  const text = useTranslations('payments.refunds');
  const query = useQuery(apiQuery.payments.refunds.queryOptions({ input: { id: paymentId } }));
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data || query.data.items.length === 0) return null;
  return (
    <Card title={text('title')} flush>
      <Table
        label={text('title')}
        rows={query.data.items}
        rowKey={({ id }) => id}
        columns={[
          { id: 'state', header: text('state'), cell: (refund) => <RefundBadge {...refund} /> },
          {
            id: 'askedAt',
            header: text('askedAt'),
            cell: ({ askedAt }) => <DateText at={askedAt} time />,
          },
          {
            id: 'note',
            header: text('note'),
            cell: ({ creditNoteId, creditNoteNumber }) =>
              creditNoteId && (
                <Link href={clientPaths.invoice({ invoiceId: creditNoteId })}>
                  {creditNoteNumber}
                </Link>
              ),
          },
          {
            id: 'document',
            header: text('document'),
            cell: ({ document }) => <RefundDocument document={document} base="/v1" />,
          },
          {
            id: 'amount',
            header: text('amount'),
            align: 'end',
            cell: ({ amount }) => <Money {...amount} />,
          },
        ]}
      />
    </Card>
  );
}
