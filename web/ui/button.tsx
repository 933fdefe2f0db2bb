import type { Icon as TablerIcon } from '@tabler/icons-react';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import './button.css';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';

/**
 * How loud a button is. `primary`: the one thing this screen is for. `danger`: opens something
 * that destroys. `final`: destroys. `quiet`: toolbars and rows.
 */
export type ButtonTone = 'primary' | 'plain' | 'danger' | 'final' | 'quiet';
export type ButtonSize = 'small' | 'medium' | 'large';

export type ButtonLook = {
  tone?: ButtonTone;
  size?: ButtonSize;
  /** Fills the width of its container. */
  wide?: boolean;
  icon?: TablerIcon;
  /** What pressing costs, said on the button: `<Money …/>`. */
  amount?: ReactNode;
};

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> &
  ButtonLook & {
    type?: 'button' | 'submit' | 'reset';
    /** The work is under way: the button says so and takes no second press. */
    busy?: boolean;
  };

export function buttonClasses({ tone = 'plain', size = 'medium', wide }: ButtonLook): string {
  return classes('ui-button', `ui-button-${tone}`, `ui-button-${size}`, wide && 'ui-button-wide');
}

export function ButtonFace({ icon, amount, children }: ButtonLook & { children?: ReactNode }) {
  return (
    <>
      {icon && <Icon of={icon} />}
      <span>
        {children}
        {amount !== undefined && <> {amount}</>}
      </span>
    </>
  );
}

export function Button(props: ButtonProps) {
  const { tone, size, wide, icon, amount, busy, children, className, onClick, ...rest } = props;
  return (
    <button
      {...rest}
      type={rest.type ?? 'button'}
      className={classes(buttonClasses({ tone, size, wide }), className)}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy && <span className="ui-spinner" aria-hidden />}
      <ButtonFace icon={busy ? undefined : icon} amount={amount}>
        {children}
      </ButtonFace>
    </button>
  );
}
