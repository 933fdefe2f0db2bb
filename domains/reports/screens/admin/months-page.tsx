import { IconCalendarCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Row, Stack } from '#web/ui/layout.tsx';
import { Money } from '#web/ui/money.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { CsvButton, ReportPdfButtons } from './file-buttons.tsx';
import { MonthClosing } from './month-closing.tsx';
import { monthText } from './month-text.ts';
import { ReportFilters } from './report-filters.tsx';
import { ReportFrame } from './report-frame.tsx';
import { useReport } from './use-report.ts';
import type { Report } from './use-report.ts';

/** Months whose revenue is posted, the next one to close, and each month's papers. */
export function MonthsPage() {
  const text = useTranslations('reports.month');
  const report = useReport();
  return (
    <ReportFrame report={report} tab="months" lead={text('lead')}>
      <ReportFilters report={report} dates="none" />
      <Months report={report} />
    </ReportFrame>
  );
}

function Months({ report: { sellerId } }: { report: Report }) {
  const text = useTranslations('reports.month');
  const locale = useLocale();
  const query = useQuery(apiQuery.reports.months.list.queryOptions({ input: { sellerId } }));
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <CardSkeleton />;
  const { items, next, closing } = query.data;
  return (
    <Stack>
      {next !== null && <NextMonth month={next} sellerId={sellerId} />}
      <Card title={text('closedMonths')} flush>
        {items.length === 0 ? (
          <EmptyState icon={IconCalendarCheck} title={text('empty')} />
        ) : (
          <Table
            label={text('closedMonths')}
            rows={items}
            rowKey={({ month }) => month}
            columns={[
              {
                id: 'month',
                header: text('month'),
                cell: ({ month }) => monthText(month, locale, 'long'),
              },
              {
                id: 'closedAt',
                header: text('closedAt'),
                cell: ({ closedAt, byItself }) => (
                  <>
                    <DateText at={closedAt} />
                    <div className="ui-small">{text(byItself ? 'byItself' : 'byHand')}</div>
                  </>
                ),
              },
              {
                id: 'revenue',
                header: text('postedRevenue'),
                align: 'end',
                cell: ({ totals }) =>
                  totals.map(({ revenue }) => <Money key={revenue.currency} {...revenue} />),
              },
              {
                id: 'taxDifference',
                header: text('taxDifference'),
                align: 'end',
                cell: ({ totals }) =>
                  totals.map(({ taxDifference: one }) => <Money key={one.currency} {...one} />),
              },
              {
                id: 'files',
                header: text('papers'),
                cell: ({ month }) => <Files month={month} sellerId={sellerId} />,
              },
            ]}
          />
        )}
      </Card>
      <MonthClosing key={sellerId} closing={closing} sellerId={sellerId} />
    </Stack>
  );
}

type MonthProps = { month: string; sellerId: string | undefined };

function Files({ month, sellerId }: MonthProps) {
  return (
    <Row gap={2}>
      <CsvButton path={`months/${month}/csv`} query={{ sellerId }} />
      <ReportPdfButtons path={`months/${month}/pdf`} query={{ sellerId }} />
    </Row>
  );
}

function NextMonth({ month, sellerId }: MonthProps) {
  const text = useTranslations('reports.month');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const name = monthText(month, useLocale(), 'long');
  const mayClose = allowed(useSession(), 'invoices.write');
  const close = useMutation({
    mutationFn: () => api.reports.months.close({ month, sellerId }),
    onSuccess: async () => {
      say(text('closedNow', { month: name }));
      await queries.invalidateQueries({ queryKey: apiQuery.reports.key() });
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  return (
    <Callout
      tone="info"
      title={text('next', { month: name })}
      actions={
        <>
          {mayClose && (
            <Button tone="primary" busy={close.isPending} onClick={() => close.mutate()}>
              {text('close', { month: name })}
            </Button>
          )}
          <Files month={month} sellerId={sellerId} />
        </>
      }
    >
      {text('nextHelp')}
    </Callout>
  );
}
