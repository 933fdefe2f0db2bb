import type { Icon as TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import './timeline.css';
import { TONE_ICON, type Tone } from './tone.ts';

export type TimelineEvent = {
  id: string;
  title: ReactNode;
  /** `<DateText …/>`. */
  when: ReactNode;
  tone?: Tone;
  icon?: TablerIcon;
  /** Not yet happened: the line to it is dashed. */
  ahead?: boolean;
  /** Lines, documents, reasons: links to what stands behind it. */
  detail?: ReactNode;
};

/** What happened to a thing and what will, each with its documents. */
export function Timeline({ events }: { events: readonly TimelineEvent[] }) {
  return (
    <ol className="ui-timeline">
      {events.map(({ id, title, when, tone = 'idle', icon, ahead, detail }) => (
        <li key={id} className={classes(ahead && 'ui-timeline-ahead')}>
          <span className={`ui-timeline-mark ui-timeline-${tone}`}>
            <Icon of={icon ?? TONE_ICON[tone]} size={15} />
          </span>
          <div className="ui-timeline-head">
            <span>{title}</span>
            <span>{when}</span>
          </div>
          {detail && <div className="ui-timeline-body">{detail}</div>}
        </li>
      ))}
    </ol>
  );
}
