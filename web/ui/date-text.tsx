import { useLocale, useTimeZone } from 'use-intl';
import { formatDate, formatInstant } from '#kit/format-date.ts';

type Printable = string | { toString(): string };

export type DateTextProps = {
  /** Also shows hours and minutes; instants only. */
  time?: boolean;
} & (
  | {
      /** A local billing date, ISO: `2023-04-03`. */
      on: Printable;
      at?: never;
    }
  | {
      /** An instant, ISO in UTC; shown in the viewer's zone, exact to the second on hover. */
      at: Printable;
      on?: never;
    }
);

export function DateText({ on, at, time }: DateTextProps) {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  if (on !== undefined) {
    const iso = on.toString();
    return (
      <time className="ui-nowrap" dateTime={iso}>
        {formatDate(iso, locale)}
      </time>
    );
  }
  const iso = at.toString();
  return (
    <time
      className="ui-nowrap"
      dateTime={iso}
      title={formatInstant(iso, locale, timeZone, 'exact')}
    >
      {formatInstant(iso, locale, timeZone, time ? 'minute' : 'date')}
    </time>
  );
}
