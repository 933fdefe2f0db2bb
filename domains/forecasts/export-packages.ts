import { money } from '#kit/money.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { textsFor } from '#platform/texts.ts';
import { csvFile } from '#domains/reports/index.ts';
import type { CsvCell } from '#domains/reports/index.ts';
import type { ForeseenPackage } from './foreseen-package.ts';
import { selectPackages } from './package-store.ts';
import type { PackageFilter } from './package-store.ts';
import { changeForecast } from './read-forecast.ts';

/** A file stays what a spreadsheet opens; more is narrowed by the filters. */
const ROWS_MAX = 200_000;

const COLUMNS = [
  'domain',
  'package',
  'payer',
  'plan',
  'months',
  'effect',
  'boundary',
  'charged',
  'before',
  'after',
  'sumBefore',
  'sumAfter',
  'currency',
  'telling',
  'tellBy',
  'toldOn',
  'missedOn',
] as const;

type Asked = { id: string; language: 'ru' | 'en' } & Omit<PackageFilter, 'limit' | 'after'>;

/** The lines of a change's forecast as a table. Refuses `forecast-too-large`. */
export async function packagesCsv(ctx: Ctx, { id, language, ...filter }: Asked): Promise<File> {
  const text = textsFor('forecasts', language);
  const forecast = await changeForecast(ctx, id);
  const rows = await selectPackages(ctx, forecast.id, { ...filter, limit: ROWS_MAX });
  if (rows.length > ROWS_MAX) refuse('forecast-too-large');
  const head = COLUMNS.map((column) => text(`columns.${column}`));
  const words = (key: string) => text(key);
  return csvFile(`forecast-${id}`, [head, ...rows.map((row) => cells(row, words))], language);
}

function cells(row: ForeseenPackage, text: (key: string) => string): CsvCell[] {
  const amount = (minor: bigint | null) => (minor === null ? null : money(minor, row.currency));
  return [
    row.domainName,
    row.subscriptionId,
    row.payerName,
    row.planId,
    String(row.termMonths),
    text(`effects.${row.effect}`),
    row.boundaryOn.toString(),
    row.chargedOn.toString(),
    amount(row.beforeMinor),
    amount(row.afterMinor),
    amount(row.sumBeforeMinor),
    amount(row.sumAfterMinor),
    row.currency,
    text(`tellings.${row.telling}`),
    row.tellBy?.toString() ?? null,
    row.toldOn?.toString() ?? null,
    row.missedOn?.toString() ?? null,
  ];
}
