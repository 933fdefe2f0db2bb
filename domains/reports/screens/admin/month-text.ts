import { regionOf } from '#kit/format-money.ts';

/** `2023-05` as `май 2023` / `May 2023`; `short` for columns: `май 23`. */
export function monthText(month: string, locale: string, length: 'long' | 'short'): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const words = new Intl.DateTimeFormat(regionOf(locale), { month: length, timeZone: 'UTC' });
  const name = words.format(Date.UTC(year, number - 1, 1));
  return `${name} ${length === 'long' ? year : String(year).slice(2)}`;
}

const BACK = 48;
const AHEAD = 12;

/** The months around a day that a report may be asked for. */
export function lastMonths(today: string): string[] {
  const [year = 0, number = 1] = today.split('-').map(Number);
  return Array.from({ length: BACK + AHEAD + 1 }, (_, k) =>
    new Date(Date.UTC(year, number - 1 + AHEAD - k, 1)).toISOString().slice(0, 7),
  );
}

/** `2024-02` ends on `2024-02-29`. */
export function lastDayOf(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
