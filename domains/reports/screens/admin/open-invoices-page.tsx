import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { Money } from '#web/ui/money.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';
import { ReportFilters } from './report-filters.tsx';
import { ReportFrame } from './report-frame.tsx';
import { useReport } from './use-report.ts';
import type { Report } from './use-report.ts';

/** The invoices behind what one buyer owed on a day. */
export function OpenInvoicesPage() {
  const text = useTranslations('reports.ageing');
  const { buyerId } = usePathParams(adminPaths.ageingOf);
  const report = useReport();
  return (
    <ReportFrame
      report={report}
      tab="ageing"
      title={text('open', { name: report.read('name') ?? buyerId })}
      actions={
        buyerId.startsWith('cli_') && (
          <LinkButton href={adminPaths.statement({ clientId: buyerId })}>
            {text('statement')}
          </LinkButton>
        )
      }
    >
      <ReportFilters report={report} dates="on" ofOneBook />
      <Invoices report={report} buyerId={buyerId} />
    </ReportFrame>
  );
}

function Invoices({ report: { sellerId, on }, buyerId }: { report: Report; buyerId: string }) {
  const text = useTranslations('reports');
  const query = useQuery(
    apiQuery.reports.receivables.openInvoices.queryOptions({
      input: { sellerId, on, buyerId },
      placeholderData: keepPreviousData,
    }),
  );
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <CardSkeleton />;
  if (query.data.items.length === 0) {
    return <EmptyState title={text('ageing.paid')}>{text('ageing.paidHelp')}</EmptyState>;
  }
  return (
    <Card flush>
      <Table
        label={text('tabs.ageing')}
        rows={query.data.items}
        rowKey={({ id }) => id}
        rowHref={({ id }) => adminPaths.invoice({ invoiceId: id })}
        columns={[
          { id: 'number', header: text('csv.document'), cell: (invoice) => invoice.number },
          {
            id: 'issued',
            header: text('ageing.issued'),
            cell: (invoice) => <DateText on={invoice.issuedOn} />,
          },
          {
            id: 'due',
            header: text('ageing.due'),
            cell: (invoice) => <DateText on={invoice.dueOn} />,
          },
          {
            id: 'over',
            header: text('ageing.daysOver'),
            align: 'end',
            cell: ({ daysOver }) =>
              daysOver < 0 ? text('ages.notDue') : text('ageing.days', { count: daysOver }),
          },
          {
            id: 'total',
            header: text('csv.total'),
            align: 'end',
            cell: (invoice) => <Money {...invoice.total} />,
          },
          {
            id: 'left',
            header: text('ageing.left'),
            align: 'end',
            cell: (invoice) => <Money {...invoice.open} />,
          },
        ]}
      />
    </Card>
  );
}
