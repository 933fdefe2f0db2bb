import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { accountName } from '../../account-words.ts';
import { useEntryColumns } from './entry-columns.tsx';
import { CsvButton } from './file-buttons.tsx';
import { ReportFilters } from './report-filters.tsx';
import { ReportFrame } from './report-frame.tsx';
import { useReport } from './use-report.ts';

/** What moved on one account, each entry with the document behind it. */
export function ReportEntriesPage() {
  const text = useTranslations('reports');
  const report = useReport();
  const params = useListParams();
  const columns = useEntryColumns(text('csv.debit'), text('csv.credit'));
  const { sellerId, days, cursor } = report;
  const code = report.read('code') ?? 'deferred-revenue';
  const asked = { sellerId, ...days, code, currency: report.read('currency') ?? 'RUB' };
  const query = useQuery(
    apiQuery.reports.ledger.entries.queryOptions({
      input: { ...asked, cursor },
      enabled: report.ready,
      placeholderData: keepPreviousData,
    }),
  );
  const clientId = code.split(':')[1];
  const title = accountName(code, (key, values) => text(key as never, values as never));
  return (
    <ReportFrame
      report={report}
      tab="trialBalance"
      title={title}
      lead={code}
      actions={
        <>
          {clientId?.startsWith('cli_') && (
            <LinkButton href={adminPaths.statement({ clientId }, report.days)}>
              {text('ageing.statement')}
            </LinkButton>
          )}
          {report.ready && <CsvButton path="entries/csv" query={asked} />}
        </>
      }
    >
      <ReportFilters report={report} dates="days" />
      <DataTable
        label={text('trial.entries')}
        query={query}
        params={params}
        columns={columns}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title={text('trial.noEntries')}>{text('trial.noEntriesHelp')}</EmptyState>
        }
      />
    </ReportFrame>
  );
}
