import { IconAlertCircle } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from './classes.ts';
import './field.css';
import { Icon } from './icon.tsx';

/** What every field carries: its words above and below, and why its value was refused. */
export type FieldWords = {
  label: ReactNode;
  /** Stands below in small type; says what is wanted before it goes wrong. */
  help?: ReactNode;
  /** In words that say how to mend it. */
  refusal?: ReactNode;
  /** Says "optional" after the label; fields are required otherwise. */
  optional?: boolean;
  /** Keeps the label for screen readers only (search fields, table cells). */
  labelHidden?: boolean;
};

/** What the control inside takes over so that label, help and refusal are read with it. */
export type ControlProps = {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
};

export type FieldProps = FieldWords & {
  className?: string;
  children: (control: ControlProps) => ReactNode;
};

export function Field({
  label,
  help,
  refusal,
  optional,
  labelHidden,
  className,
  children,
}: FieldProps) {
  const text = useTranslations('ui');
  const id = useId();
  const described = classes(Boolean(help) && `${id}-help`, Boolean(refusal) && `${id}-refusal`);
  return (
    <div className={classes('ui-field', className)}>
      <label className={labelHidden ? 'ui-hidden' : 'ui-field-label'} htmlFor={id}>
        {label}
        {optional && <span className="ui-field-optional"> {text('optional')}</span>}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': refusal ? true : undefined,
        'aria-required': optional ? undefined : true,
      })}
      {refusal && <FieldRefusal id={`${id}-refusal`}>{refusal}</FieldRefusal>}
      {help && (
        <p className="ui-field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}

export function FieldRefusal({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p className="ui-field-refusal" id={id}>
      <Icon of={IconAlertCircle} size={16} />
      <span>{children}</span>
    </p>
  );
}
