import type { Icon as TablerIcon } from '@tabler/icons-react';
import { buttonClasses, type ButtonProps } from './button.tsx';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';

export type IconButtonProps = Omit<ButtonProps, 'icon' | 'children' | 'amount' | 'busy'> & {
  icon: TablerIcon;
  /** Read out and shown on hover. */
  label: string;
};

export function IconButton({
  icon,
  label,
  tone = 'quiet',
  size,
  wide,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <button
      {...rest}
      type={rest.type ?? 'button'}
      className={classes(buttonClasses({ tone, size, wide }), 'ui-button-icon', className)}
      aria-label={label}
      title={label}
    >
      <Icon of={icon} />
    </button>
  );
}
