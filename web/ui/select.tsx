import type { SelectHTMLAttributes } from 'react';
import { Field, type FieldWords } from './field.tsx';

export type Option<V extends string = string> = { value: V; label: string; disabled?: boolean };

type Native = Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'value' | 'multiple'>;

export type SelectProps<V extends string> = FieldWords &
  Native & {
    value: V | '';
    onChange: (value: V) => void;
    options: readonly Option<V>[];
    /** Shown while nothing is chosen. */
    placeholder?: string;
  };

/** The browser's own list: it is the one that works with every keyboard, phone and reader. */
export function Select<V extends string>(props: SelectProps<V>) {
  const { label, help, refusal, optional, labelHidden, className, ...control } = props;
  const { options, placeholder, onChange, ...rest } = control;
  return (
    <Field {...{ label, help, refusal, optional, labelHidden, className }}>
      {(wired) => (
        <select
          {...rest}
          {...wired}
          className="ui-input"
          onChange={(event) => onChange(event.target.value as V)}
        >
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
