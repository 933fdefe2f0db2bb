import type { InputHTMLAttributes, ReactNode } from 'react';
import { classes } from './classes.ts';
import { Field, type FieldWords } from './field.tsx';

type Native = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'defaultValue'>;

export type TextInputProps = FieldWords &
  Native & {
    value: string;
    onChange: (value: string) => void;
    /** Keys, domains and ids are set in the code face. */
    mono?: boolean;
    /** A small mark inside the box: an icon before, a button or a unit after. */
    before?: ReactNode;
    after?: ReactNode;
  };

export function TextInput(props: TextInputProps) {
  const { label, help, refusal, optional, labelHidden, className, ...control } = props;
  const { mono, before, after, onChange, ...rest } = control;
  return (
    <Field {...{ label, help, refusal, optional, labelHidden, className }}>
      {(wired) => (
        <div className="ui-input-box">
          {before && <span className="ui-input-start">{before}</span>}
          <input
            type="text"
            {...rest}
            {...wired}
            className={classes('ui-input', mono && 'ui-mono')}
            onChange={(event) => onChange(event.target.value)}
          />
          {after && <span className="ui-input-end">{after}</span>}
        </div>
      )}
    </Field>
  );
}
