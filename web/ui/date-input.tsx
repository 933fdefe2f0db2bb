import { IconCalendar } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { parseDate } from './calendar.ts';
import { CalendarMonth } from './calendar-month.tsx';
import './date-input.css';
import type { FieldWords } from './field.tsx';
import { IconButton } from './icon-button.tsx';
import { TextInput } from './text-input.tsx';

export type DateInputProps = FieldWords & {
  name?: string;
  /** ISO date `2023-04-03`; empty when there is none, or what is typed is none. */
  value: string;
  onChange: (value: string) => void;
  /** ISO dates, both allowed themselves. */
  min?: string;
  max?: string;
  disabled?: boolean;
};

/** A date typed as people write it, or picked from a month. The browser's own field follows the
 * device's language instead of the page's, so we have ours. */
export function DateInput({ value, onChange, min, max, ...rest }: DateInputProps) {
  const text = useTranslations('ui.date');
  const separator = useLocale() === 'ru' ? '.' : '/';
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(() => written(value, separator));
  useEffect(() => {
    setTyped((now) => (parseDate(now) === (value || null) ? now : written(value, separator)));
  }, [value, separator]);
  function type(words: string) {
    setTyped(words);
    const on = parseDate(words);
    if (on) onChange(on);
    else if (words.trim() === '') onChange('');
  }
  function pick(on: string) {
    onChange(on);
    box.current?.hidePopover();
  }
  return (
    <div>
      <TextInput
        {...rest}
        inputMode="numeric"
        autoComplete="off"
        placeholder={text('placeholder')}
        value={typed}
        onChange={type}
        onBlur={() => setTyped(written(value, separator))}
        after={
          <IconButton size="small" icon={IconCalendar} label={text('open')} popoverTarget={id} />
        }
      />
      <div
        ref={box}
        id={id}
        popover="auto"
        className="ui-calendar"
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {open && <CalendarMonth value={value} min={min} max={max} onPick={pick} />}
      </div>
    </div>
  );
}

function written(on: string, separator: string): string {
  return on ? on.split('-').toReversed().join(separator) : '';
}
