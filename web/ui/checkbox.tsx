import { type ReactNode, useId } from 'react';
import './choice.css';
import { classes } from './classes.ts';
import { FieldRefusal } from './field.tsx';

export type CheckboxProps = {
  label: ReactNode;
  help?: ReactNode;
  refusal?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  name?: string;
};

export function Checkbox(props: CheckboxProps) {
  return <Tick {...props} look="ui-checkbox" />;
}

/** A switch acts at once; a checkbox waits for the form to be sent. */
export function Switch(props: CheckboxProps) {
  return <Tick {...props} look="ui-switch" role="switch" />;
}

function Tick(props: CheckboxProps & { look: string; role?: 'switch' }) {
  const { label, help, refusal, onChange, look, ...rest } = props;
  const id = useId();
  const described = classes(Boolean(help) && `${id}-help`, Boolean(refusal) && `${id}-refusal`);
  return (
    <div className="ui-field">
      <label className={classes('ui-choice', look)}>
        <input
          {...rest}
          type="checkbox"
          aria-labelledby={`${id}-label`}
          aria-describedby={described || undefined}
          aria-invalid={refusal ? true : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span className="ui-choice-words">
          <span id={`${id}-label`}>{label}</span>
          {help && (
            <span className="ui-field-help" id={`${id}-help`}>
              {help}
            </span>
          )}
        </span>
      </label>
      {refusal && <FieldRefusal id={`${id}-refusal`}>{refusal}</FieldRefusal>}
    </div>
  );
}
