import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Money } from '#web/ui/money.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';
import type { ForeseenPackageWire } from '../../contract.ts';

type Props = { editionId: string; line: ForeseenPackageWire; onClose: () => void };

/** What the client of one package pays at each boundary to come, with the change and without. */
export function RenewalsDialog({ editionId, line, onClose }: Props) {
  const text = useTranslations('forecasts');
  const { subscriptionId, domainName } = line;
  const query = useQuery(
    apiQuery.forecasts.renewals.queryOptions({ input: { id: editionId, subscriptionId } }),
  );
  const title = text('screen.change.renewalsOf', { domain: domainName });
  return (
    <Dialog open wide title={title} onClose={onClose}>
      {query.error && <FailureCallout error={query.error} onRetry={query.refetch} />}
      {query.isPending && <CardSkeleton />}
      {query.data && (
        <Table
          label={title}
          rows={query.data.items}
          rowKey={({ boundaryOn }) => boundaryOn}
          columns={[
            {
              id: 'boundary',
              header: text('columns.boundary'),
              cell: ({ boundaryOn }) => <DateText on={boundaryOn} />,
            },
            {
              id: 'charged',
              header: text('columns.charged'),
              cell: ({ chargedOn }) => <DateText on={chargedOn} />,
            },
            {
              id: 'before',
              header: text('screen.change.without'),
              align: 'end',
              cell: ({ before }) => (before ? <Money {...before} /> : text('screen.change.none')),
            },
            {
              id: 'after',
              header: text('screen.change.with'),
              align: 'end',
              cell: ({ after }) => (
                <strong>{after ? <Money {...after} /> : text('screen.change.none')}</strong>
              ),
            },
          ]}
        />
      )}
    </Dialog>
  );
}
