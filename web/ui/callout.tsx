import type { ReactNode } from 'react';
import './callout.css';
import { Icon } from './icon.tsx';
import { TONE_ICON, type Tone } from './tone.ts';

export type CalloutProps = {
  tone: Exclude<Tone, 'idle'>;
  title?: ReactNode;
  /** Read out at once when it appears: refusals and failures after a press. */
  announce?: boolean;
  actions?: ReactNode;
  children?: ReactNode;
};

/** Something the reader must know about what stands around it. */
export function Callout({ tone, title, announce, actions, children }: CalloutProps) {
  return (
    <div className={`ui-callout ui-callout-${tone}`} role={announce ? 'alert' : undefined}>
      <Icon of={TONE_ICON[tone]} />
      <div className="ui-callout-body">
        {title && <p className="ui-callout-title">{title}</p>}
        {children && <div>{children}</div>}
        {actions && <div className="ui-callout-actions">{actions}</div>}
      </div>
    </div>
  );
}
