import { IconReportMoney } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';
import type { TurnoverWire } from '../../contract.ts';
import { CsvButton } from './file-buttons.tsx';
import { ReportFilters } from './report-filters.tsx';
import { ReportFrame } from './report-frame.tsx';
import { TurnoverTotals, useTurnoverColumns } from './turnover-columns.tsx';
import { useReport } from './use-report.ts';
import type { Report } from './use-report.ts';

const GROUPS = ['receivable', 'balance', 'wallet'];

/** A book by groups of accounts; each leads to its accounts and entries. */
export function TrialBalancePage() {
  const text = useTranslations('reports');
  const report = useReport();
  const { sellerId, days } = report;
  return (
    <ReportFrame
      report={report}
      tab="trialBalance"
      lead={text('trial.lead')}
      actions={report.ready && <CsvButton path="trial-balance/csv" query={{ sellerId, ...days }} />}
    >
      <ReportFilters report={report} dates="days" />
      <Groups report={report} />
    </ReportFrame>
  );
}

function Groups({ report: { sellerId, days } }: { report: Report }) {
  const text = useTranslations('reports');
  const columns = useTurnoverColumns();
  const query = useQuery(
    apiQuery.reports.ledger.trialBalance.queryOptions({
      input: { sellerId, ...days },
      placeholderData: keepPreviousData,
    }),
  );
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <CardSkeleton />;
  if (query.data.rows.length === 0) {
    return (
      <EmptyState icon={IconReportMoney} title={text('trial.empty')}>
        {text('trial.emptyHelp')}
      </EmptyState>
    );
  }
  const hrefOf = ({ code, opening }: TurnoverWire) =>
    GROUPS.includes(code)
      ? adminPaths.reportAccounts({ sellerId, ...days, group: code })
      : adminPaths.reportEntries({ sellerId, ...days, code, currency: opening.currency });
  return (
    <Card flush>
      <Table
        label={text('tabs.trialBalance')}
        columns={columns}
        rows={query.data.rows}
        rowKey={({ code, opening }) => `${code} ${opening.currency}`}
        rowHref={hrefOf}
        foot={<TurnoverTotals totals={query.data.totals} />}
      />
    </Card>
  );
}
