import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { addDays, addMonths, monthGrid } from './calendar.ts';
import { formatDate } from '#kit/format-date.ts';
import { regionOf } from '#kit/format-money.ts';
import { IconButton } from './icon-button.tsx';

export type CalendarMonthProps = {
  /** ISO date to show and mark; today's month when empty. */
  value: string;
  min?: string;
  max?: string;
  onPick: (on: string) => void;
};

const KEY_DAYS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
};

/** One month to pick a day from; arrows move by day and week, PageUp and PageDown by month. */
export function CalendarMonth({ value, min = '0000', max = '9999', onPick }: CalendarMonthProps) {
  const text = useTranslations('ui.date');
  const locale = useLocale();
  const [focused, setFocused] = useState(() => value || new Date().toISOString().slice(0, 10));
  const body = useRef<HTMLTableSectionElement>(null);
  const moved = useRef(false);
  const month = focused.slice(0, 7);
  useEffect(() => {
    if (moved.current) body.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [focused]);
  function turn(months: number) {
    setFocused(`${addMonths(month, months)}-01`);
  }
  function onKey(event: KeyboardEvent) {
    const days = KEY_DAYS[event.key];
    const months = { PageUp: -1, PageDown: 1 }[event.key];
    if (days === undefined && months === undefined) return;
    event.preventDefault();
    moved.current = true;
    if (months !== undefined) turn(months);
    else setFocused(addDays(focused, days ?? 0));
  }
  return (
    <>
      <div className="ui-calendar-head">
        <IconButton
          size="small"
          icon={IconChevronLeft}
          label={text('previous')}
          onClick={() => turn(-1)}
        />
        <span aria-live="polite">{monthName(month, locale)}</span>
        <IconButton
          size="small"
          icon={IconChevronRight}
          label={text('next')}
          onClick={() => turn(1)}
        />
      </div>
      <table>
        <thead>
          <tr>
            {(monthGrid('2024-01')[0] ?? []).map((day) => (
              <th key={day} scope="col">
                {weekdayName(day, locale)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKey}>
          {monthGrid(month).map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day}>
                  <button
                    type="button"
                    tabIndex={day === focused ? 0 : -1}
                    aria-pressed={day === value}
                    aria-label={formatDate(day, locale)}
                    data-other={day.startsWith(month) ? undefined : true}
                    disabled={day < min || day > max}
                    onClick={() => onPick(day)}
                  >
                    {Number(day.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function monthName(month: string, locale: string): string {
  const format = new Intl.DateTimeFormat(regionOf(locale), {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.format(Date.parse(`${month}-01T00:00:00Z`)).replace(/ г\.$/, '');
}

function weekdayName(day: string, locale: string): string {
  const format = new Intl.DateTimeFormat(regionOf(locale), { weekday: 'short', timeZone: 'UTC' });
  return format.format(Date.parse(`${day}T00:00:00Z`));
}
