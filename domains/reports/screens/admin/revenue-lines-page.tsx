import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { Money } from '#web/ui/money.tsx';
import { useWords } from '#web/ui/use-words.ts';
import { ReportFilters } from './report-filters.tsx';
import { ReportFrame } from './report-frame.tsx';
import { useReport } from './use-report.ts';

/** The invoice lines behind a figure of recognised revenue. */
export function RevenueLinesPage() {
  const text = useTranslations('reports');
  const words = useWords();
  const locale = useLocale();
  const report = useReport();
  const params = useListParams();
  const { sellerId, months, cursor } = report;
  const itemId = report.read('itemId') ?? '';
  const currency = report.read('currency') ?? 'RUB';
  const query = useQuery(
    apiQuery.reports.revenue.lines.queryOptions({
      input: { sellerId, ...months, itemId, currency, cursor },
      enabled: report.ready,
      placeholderData: keepPreviousData,
    }),
  );
  const title = text('revenue.lines', { name: report.read('name') ?? itemId });
  return (
    <ReportFrame report={report} tab="revenue" title={title}>
      <ReportFilters report={report} dates="months" />
      <DataTable
        label={title}
        query={query}
        params={params}
        rowKey={({ invoiceId, no }) => `${invoiceId} ${no}`}
        rowHref={({ invoiceId }) => adminPaths.invoice({ invoiceId })}
        columns={[
          { id: 'number', header: text('csv.document'), cell: (line) => line.number },
          {
            id: 'buyer',
            header: text('revenue.buyer'),
            cell: (line) => words(line.buyerName),
          },
          {
            id: 'line',
            header: text('revenue.line'),
            cell: (line) => words(line.description),
          },
          {
            id: 'period',
            header: text('revenue.periodOf'),
            cell: ({ periodStart, lastDay }) =>
              `${formatDate(periodStart, locale, 'short')} – ${formatDate(lastDay, locale, 'short')}`,
          },
          {
            id: 'net',
            header: text('revenue.net'),
            align: 'end',
            cell: (line) => <Money {...line.net} />,
          },
          {
            id: 'share',
            header: text('revenue.share'),
            align: 'end',
            cell: (line) => <Money {...line.recognised} />,
          },
        ]}
        empty={
          <EmptyState title={text('revenue.noLines')}>{text('revenue.noLinesHelp')}</EmptyState>
        }
      />
    </ReportFrame>
  );
}
