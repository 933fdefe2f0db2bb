import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Money } from '#web/ui/money.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';
import { accountWords, kindWords } from './entry-words.ts';

/** The double entry behind a document: every amount on it stands here. */
export function EntriesCard({ invoiceId }: { invoiceId: string }) {
  const text = useTranslations('billing.screen.entries');
  const query = useQuery(
    apiQuery.billing.adminInvoices.entries.queryOptions({ input: { id: invoiceId } }),
  );
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <CardSkeleton />;
  return (
    <Card title={text('title')} flush>
      <Table
        label={text('title')}
        rows={query.data.map((entry, index) => ({ ...entry, key: `${entry.txnId}.${index}` }))}
        rowKey={(entry) => entry.key}
        columns={[
          { id: 'when', header: text('when'), cell: (entry) => <DateText at={entry.at} time /> },
          {
            id: 'kind',
            header: text('kind'),
            cell: (entry) => text(`kinds.${kindWords(entry.kind)}`),
          },
          {
            id: 'account',
            header: text('account'),
            cell: ({ code }) => {
              const { key, name } = accountWords(code);
              return <span title={code}>{key ? text(`accounts.${key}`, { name }) : code}</span>;
            },
          },
          {
            id: 'debit',
            header: text('debit'),
            align: 'end',
            cell: ({ amount }) => amount.minor > 0 && <Money {...amount} />,
          },
          {
            id: 'credit',
            header: text('credit'),
            align: 'end',
            cell: ({ amount }) =>
              amount.minor < 0 && <Money minor={-amount.minor} currency={amount.currency} />,
          },
        ]}
      />
    </Card>
  );
}
