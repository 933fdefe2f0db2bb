import { regionOf } from './format-money.ts';

/** `2023-04-03` as `3 апреля 2023` / `3 April 2023`; `short` drops what is no news: `3 апр. 2023`. */
export function formatDate(on: string, locale: string, length: 'long' | 'short' = 'long'): string {
  const [year = 0, month = 1, day = 1] = on.split('-').map(Number);
  const format = new Intl.DateTimeFormat(regionOf(locale), {
    day: 'numeric',
    month: length,
    year: 'numeric',
    timeZone: 'UTC',
  });
  return withoutYearWord(format.format(Date.UTC(year, month - 1, day)));
}

/** An instant as `3 апреля 2023, 14:05` in `timeZone`; `exact` adds seconds and the zone. */
export function formatInstant(
  at: string,
  locale: string,
  timeZone: string,
  precision: 'date' | 'minute' | 'exact' = 'minute',
): string {
  const zone = { timeZone };
  const day = new Intl.DateTimeFormat(regionOf(locale), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    ...zone,
  }).format(Date.parse(at));
  if (precision === 'date') return withoutYearWord(day);
  const time = new Intl.DateTimeFormat(regionOf(locale), {
    hour: '2-digit',
    minute: '2-digit',
    ...(precision === 'exact' ? { second: '2-digit', timeZoneName: 'short' } : {}),
    ...zone,
  }).format(Date.parse(at));
  return `${withoutYearWord(day)}, ${time}`;
}

/** Russian ICU ends a full date with «г.», which nobody says aloud. */
function withoutYearWord(text: string): string {
  return text.replace(/[\s\u00a0\u202f]г\.$/u, '');
}
