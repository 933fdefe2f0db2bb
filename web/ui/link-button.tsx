import { ButtonFace, buttonClasses, type ButtonLook } from './button.tsx';
import { classes } from './classes.ts';
import { Link, type LinkProps } from './link.tsx';

/** Goes somewhere, looks like a button. What changes something is a `Button`. */
export function LinkButton(props: LinkProps & ButtonLook) {
  const { tone, size, wide, icon, amount, children, className, ...rest } = props;
  return (
    <Link {...rest} className={classes(buttonClasses({ tone, size, wide }), className)}>
      <ButtonFace icon={icon} amount={amount}>
        {children}
      </ButtonFace>
    </Link>
  );
}
