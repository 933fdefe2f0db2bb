import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { accountName } from '../../account-words.ts';
import { ReportFilters } from './report-filters.tsx';
import { ReportFrame } from './report-frame.tsx';
import { useTurnoverColumns } from './turnover-columns.tsx';
import { useReport } from './use-report.ts';

/** The accounts of one group: whose they are and what moved. */
export function ReportAccountsPage() {
  const text = useTranslations('reports');
  const report = useReport();
  const params = useListParams();
  const columns = useTurnoverColumns();
  const { sellerId, days, cursor } = report;
  const group = report.read('group') ?? 'receivable';
  const query = useQuery(
    apiQuery.reports.ledger.accounts.queryOptions({
      input: { sellerId, ...days, group, cursor },
      enabled: report.ready,
      placeholderData: keepPreviousData,
    }),
  );
  const title = accountName(group, (key, values) => text(key as never, values as never));
  return (
    <ReportFrame report={report} tab="trialBalance" title={title}>
      <ReportFilters report={report} dates="days" />
      <DataTable
        label={title}
        query={query}
        params={params}
        columns={columns}
        rowKey={({ code, opening }) => `${code} ${opening.currency}`}
        rowHref={({ code, opening }) =>
          adminPaths.reportEntries({ sellerId, ...days, code, currency: opening.currency })
        }
        empty={
          <EmptyState title={text('trial.noEntries')}>{text('trial.noEntriesHelp')}</EmptyState>
        }
      />
    </ReportFrame>
  );
}
