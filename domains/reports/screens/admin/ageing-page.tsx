import { IconReportMoney } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { Money } from '#web/ui/money.tsx';
import type { MoneyProps } from '#web/ui/money.tsx';
import { useWords } from '#web/ui/use-words.ts';
import { CsvButton } from './file-buttons.tsx';
import { ReportFilters } from './report-filters.tsx';
import { ReportFrame } from './report-frame.tsx';
import { useReport } from './use-report.ts';

const AGES = ['notDue', 'to30', 'to60', 'to90', 'over90'] as const;
type Ages = Record<(typeof AGES)[number] | 'total', MoneyProps>;

/** Who owes how much for how long; each line leads to the invoices behind it. */
export function AgeingPage() {
  const text = useTranslations('reports');
  const words = useWords();
  const report = useReport();
  const params = useListParams();
  const { sellerId, on, cursor } = report;
  const query = useQuery(
    apiQuery.reports.receivables.ageing.queryOptions({
      input: { sellerId, on, cursor },
      enabled: report.ready,
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <ReportFrame
      report={report}
      tab="ageing"
      lead={text('ageing.lead')}
      actions={report.ready && <CsvButton path="ageing/csv" query={{ sellerId, on }} />}
    >
      <ReportFilters report={report} dates="on" />
      <DataTable
        label={text('tabs.ageing')}
        query={query}
        params={params}
        rowKey={({ buyerId, total }) => `${buyerId} ${total.currency}`}
        rowHref={({ buyerId, buyerName }) =>
          adminPaths.ageingOf({ buyerId }, { sellerId, on, name: words(buyerName) })
        }
        columns={[
          {
            id: 'client',
            header: text('csv.client'),
            cell: ({ buyerName }) => words(buyerName),
          },
          ...AGES.map((age) => ({
            id: age,
            header: text(`ages.${age}`),
            align: 'end' as const,
            cell: (row: Ages) => row[age].minor !== 0 && <Money {...row[age]} />,
          })),
          {
            id: 'total',
            header: text('csv.total'),
            align: 'end',
            cell: (row) => <Money {...row.total} />,
          },
        ]}
        foot={<Totals totals={query.data?.totals ?? []} />}
        empty={
          <EmptyState icon={IconReportMoney} title={text('ageing.empty')}>
            {text('ageing.emptyHelp')}
          </EmptyState>
        }
      />
    </ReportFrame>
  );
}

function Totals({ totals }: { totals: readonly Ages[] }) {
  const text = useTranslations('reports');
  return totals.map((total) => (
    <tr key={total.total.currency}>
      <td>{text('ageing.total')}</td>
      {AGES.map((age) => (
        <td key={age} className="ui-cell-end" data-label={text(`ages.${age}`)}>
          <Money {...total[age]} />
        </td>
      ))}
      <td className="ui-cell-end" data-label={text('csv.total')}>
        <Money {...total.total} />
      </td>
    </tr>
  ));
}
