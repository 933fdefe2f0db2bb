import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useAddress } from './address.tsx';
import { Link } from './link.tsx';
import './tabs.css';

export type Tab = {
  /** Value of `?tab=`; the first tab needs none. */
  id: string;
  label: ReactNode;
  count?: number;
};

/** Views of one thing. The chosen tab lives in the URL (`?tab=`), so it can be linked and reloaded. */
export function Tabs({ tabs, param = 'tab' }: { tabs: readonly Tab[]; param?: string }) {
  const text = useTranslations('ui');
  const address = useAddress();
  const current = useCurrentTab(tabs, param);
  return (
    <nav className="ui-tabs" aria-label={text('views')}>
      {tabs.map((tab, index) => (
        <Link
          key={tab.id}
          href={address.hrefWith({ [param]: index === 0 ? null : tab.id })}
          aria-current={tab.id === current ? 'page' : undefined}
        >
          {tab.label}
          {tab.count !== undefined && <span className="ui-muted">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}

/** The id of the tab in view; the first one when the URL names none of them. */
export function useCurrentTab(tabs: readonly Tab[], param = 'tab'): string {
  const wanted = useAddress().search.get(param);
  return tabs.find((tab) => tab.id === wanted)?.id ?? tabs[0]?.id ?? '';
}
