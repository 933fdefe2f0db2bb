import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { Button } from './button.tsx';
import { Callout } from './callout.tsx';
import { classes } from './classes.ts';
import './form.css';
import type { FormState } from './use-form.ts';

export type FormProps<V extends object> = {
  form: FormState<V>;
  /** A verb: what the button does. */
  submit: ReactNode;
  /** What pressing costs, said on the button. */
  amount?: ReactNode;
  /** Other ways out, after the button. */
  actions?: ReactNode;
  wide?: boolean;
  disabled?: boolean;
  children?: ReactNode;
};

/** One column of fields, what was refused, one button. Focus goes to the first refused field. */
export function Form<V extends object>(props: FormProps<V>) {
  const { form, submit, amount, actions, wide, disabled, children } = props;
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (form.refusedTimes === 0) return;
    element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form.refusedTimes]);
  function send(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    void form.submit();
  }
  return (
    <form
      ref={element}
      className={classes('ui-form', wide && 'ui-form-wide')}
      onSubmit={send}
      noValidate
    >
      {children}
      {form.refusal && (
        <Callout tone="bad" announce>
          {form.refusal}
        </Callout>
      )}
      <div className="ui-form-actions">
        <Button type="submit" tone="primary" busy={form.busy} amount={amount} disabled={disabled}>
          {submit}
        </Button>
        {actions}
      </div>
    </form>
  );
}
