import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { Money } from '#web/ui/money.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';
import type { StatementWire } from '../../contract.ts';
import { useEntryColumns } from './entry-columns.tsx';
import { CsvButton, ReportPdfButtons } from './file-buttons.tsx';
import { ReportFilters } from './report-filters.tsx';
import { ReportFrame } from './report-frame.tsx';
import { useReport } from './use-report.ts';

/** What a client owed, was charged and paid within days; also for the client, as PDF. */
export function StatementPage() {
  const text = useTranslations('reports.statement');
  const { clientId } = usePathParams(adminPaths.statement);
  const report = useReport();
  const asked = { clientId, ...report.days };
  const query = useQuery(
    apiQuery.reports.receivables.statement.queryOptions({
      input: asked,
      enabled: report.ready,
      placeholderData: keepPreviousData,
    }),
  );
  const name = query.data?.clientName;
  return (
    <ReportFrame
      report={report}
      tab="ageing"
      title={name ? text('of', { name }) : text('title')}
      actions={
        report.ready && (
          <>
            <CsvButton path="statement/csv" query={asked} />
            <ReportPdfButtons path="statement/pdf" query={asked} />
          </>
        )
      }
    >
      <ReportFilters report={report} dates="days" ofOneBook />
      {query.error && <FailureCallout error={query.error} onRetry={query.refetch} />}
      {!query.error && (query.data ? <Statement statement={query.data} /> : <CardSkeleton />)}
    </ReportFrame>
  );
}

function Statement({ statement }: { statement: StatementWire }) {
  const text = useTranslations('reports');
  const columns = useEntryColumns(text('csv.charged'), text('csv.received'));
  const { clientId, clientName } = statement;
  return (
    <>
      <Card>
        <Stack>
          <KeyValue
            facts={[
              {
                label: text('csv.client'),
                value: <Link href={adminPaths.client({ clientId })}>{clientName}</Link>,
              },
              { label: text('statement.opening'), value: <Money {...statement.opening} /> },
              { label: text('csv.charged'), value: <Money {...statement.charged} /> },
              { label: text('csv.received'), value: <Money {...statement.received} /> },
              { label: text('statement.closing'), value: <Money {...statement.closing} /> },
            ]}
          />
          <p className="ui-muted ui-small">{text('statement.note')}</p>
        </Stack>
      </Card>
      {statement.items.length === 0 ? (
        <EmptyState title={text('statement.empty')}>{text('statement.emptyHelp')}</EmptyState>
      ) : (
        <Card flush>
          <Table
            label={text('statement.title')}
            columns={columns}
            rows={statement.items}
            rowKey={({ id }) => id}
          />
        </Card>
      )}
    </>
  );
}
