import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import './layout.css';

/** Steps of the 4 px grid between neighbours. */
export type Gap = 1 | 2 | 3 | 4 | 6 | 8 | 12;

type Box = { gap?: Gap; className?: string; children: ReactNode };

/** One below the other. */
export function Stack({ gap = 4, className, children }: Box) {
  return <div className={classes('ui-stack', `ui-gap-${gap}`, className)}>{children}</div>;
}

/** Side by side, wrapping; `ends` pushes the first to the start and the last to the end. */
export function Row({ gap = 3, ends, className, children }: Box & { ends?: boolean }) {
  return (
    <div className={classes('ui-row', `ui-gap-${gap}`, ends && 'ui-row-between', className)}>
      {children}
    </div>
  );
}

/** Equal columns, or (`main`) a wide one with a 340 px side column; one column on a phone. */
export function Columns({ gap = 4, main, className, children }: Box & { main?: boolean }) {
  return (
    <div className={classes('ui-columns', `ui-gap-${gap}`, main && 'ui-columns-main', className)}>
      {children}
    </div>
  );
}
