import { type ReactNode, useId } from 'react';
import './card.css';
import './layout.css';
import { classes } from './classes.ts';

export type CardProps = {
  title?: ReactNode;
  /** At the end of the title's line: small buttons, a badge. */
  actions?: ReactNode;
  foot?: ReactNode;
  /** No inner padding: a table or a list fills it edge to edge. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
};

/** A bordered section with a title of its own. */
export function Card({ title, actions, foot, flush, className, children }: CardProps) {
  const id = useId();
  return (
    <section className={classes('ui-card', className)} aria-labelledby={title ? id : undefined}>
      {title && (
        <div className="ui-card-head">
          <h2 id={id}>{title}</h2>
          {actions && <div className="ui-row ui-gap-2">{actions}</div>}
        </div>
      )}
      <div className={classes('ui-card-body', flush && 'ui-card-flush')}>{children}</div>
      {foot && <div className="ui-card-foot">{foot}</div>}
    </section>
  );
}
