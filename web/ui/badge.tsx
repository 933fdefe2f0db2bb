import type { Icon as TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import './badge.css';
import { Icon } from './icon.tsx';
import { TONE_ICON, type Tone } from './tone.ts';

/** A quiet label: a plan, a place, a count. States take `StatusBadge`. */
export function Badge({ icon, children }: { icon?: TablerIcon; children: ReactNode }) {
  return (
    <span className="ui-badge">
      {icon && <Icon of={icon} size={14} />}
      {children}
    </span>
  );
}

/** A state as icon and word: `<StatusBadge tone="good">оплачен</StatusBadge>`. */
export function StatusBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`ui-badge ui-badge-${tone}`}>
      <Icon of={TONE_ICON[tone]} size={14} />
      {children}
    </span>
  );
}
