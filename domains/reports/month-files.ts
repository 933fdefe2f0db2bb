import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { layOutPdf } from '#domains/billing/index.ts';
import { formatMoney } from '#kit/format-money.ts';
import type { Ctx } from '#platform/context.ts';
import { textsFor } from '#platform/texts.ts';
import { csvFile } from './csv.ts';
import type { CsvCell } from './csv.ts';
import { monthSummary } from './month-summary.ts';
import type { MonthQuery, MonthSummary } from './month-summary.ts';

const TEMPLATE = readFileSync(join(import.meta.dirname, 'month.typ'), 'utf8');

/** The month as one table after another, each under its title. */
export async function monthCsv(ctx: Ctx, query: MonthQuery): Promise<File> {
  const { sections } = await monthSummary(ctx, query);
  const rows = sections.flatMap(({ title, head, rows: body }) => [[title], head, ...body, ['']]);
  return csvFile(`month-${query.month}`, rows, query.language);
}

/** The same as PDF, laid out like the seller's documents. */
export function monthPdf(summary: MonthSummary, language: 'ru' | 'en'): File {
  const text = textsFor('reports', language);
  const { seller, month, closed } = summary;
  const cell = (value: CsvCell): string => {
    if (value === null || typeof value === 'string') return value ?? '';
    return formatMoney(value.minor, value.currency, language);
  };
  const view = {
    language,
    title: text('month.title', { month }),
    issuer: seller.legal.name[language],
    standing: text(closed ? 'month.closed' : 'month.open'),
    sections: summary.sections.map(({ title, head, rows }) => ({
      title,
      head,
      rows: rows.map((row) => row.map(cell)),
    })),
    page: text('statement.page', { page: '{page}', pages: '{pages}' }),
  };
  const name = `month-${month}-${language}.pdf`;
  return new File([layOutPdf(TEMPLATE, view, summary.at)], name, { type: 'application/pdf' });
}
