import { IconReportMoney } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { DeferredCard, LedgerCard } from './deferred-cards.tsx';
import { CsvButton } from './file-buttons.tsx';
import { ReportFilters } from './report-filters.tsx';
import { ReportFrame } from './report-frame.tsx';
import { RevenueTable } from './revenue-table.tsx';
import { useReport } from './use-report.ts';
import type { Report } from './use-report.ts';

/** Revenue by month and product, deferred revenue, and how both agree with the ledger. */
export function RevenuePage() {
  const text = useTranslations('reports');
  const report = useReport();
  const { sellerId, months } = report;
  return (
    <ReportFrame
      report={report}
      tab="revenue"
      lead={text('revenue.lead')}
      actions={report.ready && <CsvButton path="revenue/csv" query={{ sellerId, ...months }} />}
    >
      <ReportFilters report={report} dates="months" />
      <Currencies report={report} />
    </ReportFrame>
  );
}

function Currencies({ report }: { report: Report }) {
  const text = useTranslations('reports.revenue');
  const { sellerId, months } = report;
  const query = useQuery(
    apiQuery.reports.revenue.report.queryOptions({
      input: { sellerId, ...months },
      placeholderData: keepPreviousData,
    }),
  );
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <CardSkeleton />;
  if (query.data.currencies.length === 0) {
    return (
      <EmptyState icon={IconReportMoney} title={text('empty')}>
        {text('emptyHelp')}
      </EmptyState>
    );
  }
  return query.data.currencies.map((one) => (
    <Stack key={one.currency}>
      <RevenueTable revenue={one} months={query.data.months} sellerId={sellerId} />
      <DeferredCard revenue={one} sellerId={sellerId} />
      <LedgerCard revenue={one} />
    </Stack>
  ));
}
