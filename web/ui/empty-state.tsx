import type { Icon as TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import './empty-state.css';
import { Icon } from './icon.tsx';

export type EmptyStateProps = {
  icon?: TablerIcon;
  title: ReactNode;
  /** It is the whole page: its title is the page's heading. */
  page?: boolean;
  /** What to do so that it is empty no longer. */
  children?: ReactNode;
  actions?: ReactNode;
};

export function EmptyState({ icon, title, page, children, actions }: EmptyStateProps) {
  return (
    <div className="ui-empty">
      {icon && <Icon of={icon} size={32} />}
      {page ? <h1>{title}</h1> : <p className="ui-empty-title">{title}</p>}
      {children && <div className="ui-empty-words">{children}</div>}
      {actions && <div className="ui-empty-actions">{actions}</div>}
    </div>
  );
}
