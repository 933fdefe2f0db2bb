import { useLocale, useTranslations } from 'use-intl';
import { DateInput } from '#web/ui/date-input.tsx';
import { Row } from '#web/ui/layout.tsx';
import { Select } from '#web/ui/select.tsx';
import { lastMonths, monthText } from './month-text.ts';
import type { Report } from './use-report.ts';

type Props = {
  report: Report;
  dates: 'days' | 'on' | 'months' | 'none';
  /** The book is settled by what is looked at. */
  ofOneBook?: boolean;
};

/** Whose books, and when; every choice goes into the URL. */
export function ReportFilters({ report, dates, ofOneBook }: Props) {
  const text = useTranslations('reports');
  const { books, bookId, days, on, set } = report;
  const choices = books.data ?? [];
  return (
    <Row>
      {!ofOneBook && choices.length > 1 && (
        <Select
          label={text('book')}
          value={bookId}
          onChange={(value) => set('sellerId', value)}
          options={choices.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {dates === 'days' && (
        <>
          <DateInput
            label={text('from')}
            value={days.from}
            max={days.through}
            onChange={(value) => set('from', value)}
          />
          <DateInput
            label={text('through')}
            value={days.through}
            min={days.from}
            onChange={(value) => set('through', value)}
          />
        </>
      )}
      {dates === 'on' && (
        <DateInput label={text('on')} value={on} onChange={(value) => set('on', value)} />
      )}
      {dates === 'months' && <MonthChoice report={report} />}
    </Row>
  );
}

function MonthChoice({ report: { months, today, set } }: { report: Report }) {
  const text = useTranslations('reports.revenue');
  const locale = useLocale();
  const known = lastMonths(today);
  const options = [...new Set([...known, months.from, months.through])]
    .toSorted()
    .toReversed()
    .map((value) => ({ value, label: monthText(value, locale, 'long') }));
  return (
    <>
      <Select
        label={text('fromMonth')}
        value={months.from}
        onChange={(value) => set('fromMonth', value)}
        options={options}
      />
      <Select
        label={text('throughMonth')}
        value={months.through}
        onChange={(value) => set('throughMonth', value)}
        options={options}
      />
    </>
  );
}
