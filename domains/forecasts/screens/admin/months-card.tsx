import { useLocale, useTranslations } from 'use-intl';
import { currencyExponent } from '#kit/currency.ts';
import { regionOf } from '#kit/format-money.ts';
import { monthText } from '#domains/reports/screens/admin/month-text.ts';
import { BarChart } from '#web/ui/bar-chart.tsx';
import type { BarSeries } from '#web/ui/bar-chart.tsx';
import { Card } from '#web/ui/card.tsx';
import { Money, useMoneyText } from '#web/ui/money.tsx';
import { Table } from '#web/ui/table.tsx';
import type { Column } from '#web/ui/table.tsx';

export type MonthRow = {
  month: string;
  /** Minor units, one for each series. */
  values: readonly number[];
  /** Further counts, one for each extra column. */
  counts?: readonly number[];
};

type Props = {
  title: string;
  currency: string;
  months: readonly MonthRow[];
  series: readonly Omit<BarSeries, 'values'>[];
  /** Heads of the counts. */
  extra?: readonly string[];
  /** Shows the last series less the first, under this head. */
  difference?: string;
};

/** Money by month: the picture, and the same figures in a table below it. */
export function MonthsCard({ title, currency, months, series, extra = [], difference }: Props) {
  const text = useTranslations('forecasts.screen');
  const locale = useLocale();
  const moneyText = useMoneyText();
  const short = useShortMoney(currency);
  const columns: Column<MonthRow>[] = [
    { id: 'month', header: text('month'), cell: ({ month }) => monthText(month, locale, 'long') },
    ...series.map(({ id, label }, at) => ({
      id,
      header: label,
      align: 'end' as const,
      cell: ({ values }: MonthRow) => <Money minor={values[at] ?? 0} currency={currency} />,
    })),
    ...extra.map((header, at) => ({
      id: header,
      header,
      align: 'end' as const,
      cell: ({ counts }: MonthRow) => counts?.[at] ?? 0,
    })),
  ];
  if (difference) {
    columns.push({
      id: 'difference',
      header: difference,
      align: 'end',
      cell: ({ values }) => (
        <Money minor={(values.at(-1) ?? 0) - (values[0] ?? 0)} currency={currency} sign />
      ),
    });
  }
  return (
    <>
      <Card title={title}>
        <BarChart
          label={title}
          groups={months.map(({ month }) => monthText(month, locale, 'short'))}
          series={series.map((one, at) => ({
            ...one,
            values: months.map(({ values }) => values[at] ?? 0),
          }))}
          say={(value) => moneyText(value, currency)}
          axis={short}
        />
      </Card>
      <Card title={text('byMonth')} flush>
        <Table
          label={text('byMonth')}
          rows={months}
          rowKey={({ month }) => month}
          columns={columns}
        />
      </Card>
    </>
  );
}

/** `12 тыс.`: an amount of the axis. */
function useShortMoney(currency: string): (minor: number) => string {
  const words = new Intl.NumberFormat(regionOf(useLocale()), {
    notation: 'compact',
    maximumFractionDigits: 1,
  });
  return (minor) => words.format(minor / 10 ** currencyExponent(currency));
}
