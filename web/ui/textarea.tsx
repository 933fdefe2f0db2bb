import type { TextareaHTMLAttributes } from 'react';
import { classes } from './classes.ts';
import { Field, type FieldWords } from './field.tsx';

type Native = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange' | 'value'>;

export type TextareaProps = FieldWords &
  Native & { value: string; onChange: (value: string) => void; mono?: boolean };

export function Textarea(props: TextareaProps) {
  const { label, help, refusal, optional, labelHidden, className, mono, onChange, ...rest } = props;
  return (
    <Field {...{ label, help, refusal, optional, labelHidden, className }}>
      {(wired) => (
        <textarea
          {...rest}
          {...wired}
          className={classes('ui-input', mono && 'ui-mono')}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
