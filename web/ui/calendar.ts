/** Days of a month as rows of seven from Monday, with its neighbours' days at both ends; ISO dates. */
export function monthGrid(month: string): string[][] {
  const first = dayNumber(`${month}-01`);
  const weekday = (new Date(first * DAY_MS).getUTCDay() + 6) % 7;
  const start = first - weekday;
  const days = Array.from({ length: 42 }, (_, index) => isoDay(start + index));
  const weeks = Array.from({ length: 6 }, (_, index) => days.slice(index * 7, index * 7 + 7));
  return weeks.filter((week) => week.some((day) => day.startsWith(month)));
}

export function addDays(on: string, days: number): string {
  return isoDay(dayNumber(on) + days);
}

/** `2023-12` + 1 is `2024-01`. */
export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** Reads `03.04.2023`, `3/4/2023` or `2023-04-03` (day before month, as both languages write it). */
export function parseDate(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  const local = /^(\d{1,2})[./\s-](\d{1,2})[./\s-](\d{4})$/.exec(text.trim());
  const parts = iso ? iso.slice(1, 4) : local ? local.slice(1, 4).toReversed() : null;
  if (!parts) return null;
  const [year = '', month = '', day = ''] = parts;
  const on = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = new Date(`${on}T00:00:00Z`);
  return !Number.isNaN(parsed.valueOf()) && parsed.toISOString().startsWith(on) ? on : null;
}

const DAY_MS = 86_400_000;

function dayNumber(on: string): number {
  return Date.parse(`${on}T00:00:00Z`) / DAY_MS;
}

function isoDay(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}
