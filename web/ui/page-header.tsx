import { type ReactNode, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from './link.tsx';
import './layout.css';
import './page-header.css';

export type Crumb = { label: string; href: string };

export type PageHeaderProps = {
  /** Also the document's title. */
  title: string;
  /** Beside the title: the state of the thing. */
  status?: ReactNode;
  lead?: ReactNode;
  crumbs?: readonly Crumb[];
  /** The one primary action, last; quieter ones before it. */
  actions?: ReactNode;
};

export function PageHeader({ title, status, lead, crumbs, actions }: PageHeaderProps) {
  const text = useTranslations('ui');
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <header className="ui-page-header">
      {crumbs && (
        <nav aria-label={text('breadcrumbs')}>
          <ol className="ui-crumbs">
            {crumbs.map((crumb) => (
              <li key={crumb.href}>
                <Link href={crumb.href}>{crumb.label}</Link>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="ui-page-title">
        <div>
          <h1>{title}</h1>
          {status}
        </div>
        {actions && <div className="ui-row ui-gap-2">{actions}</div>}
      </div>
      {lead && <p className="ui-page-lead">{lead}</p>}
    </header>
  );
}
