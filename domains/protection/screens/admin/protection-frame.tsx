import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { adminPaths } from '#web/paths.ts';
import { Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import '#web/ui/tabs.css';

const TABS = ['accounts', 'findings', 'rules', 'nodes', 'reputation'] as const;

const HREFS = {
  accounts: adminPaths.protection,
  findings: adminPaths.findings,
  rules: adminPaths.guardRules,
  nodes: adminPaths.guardedNodes,
  reputation: adminPaths.reputation,
};

type Props = {
  tab: (typeof TABS)[number];
  lead?: string;
  actions?: ReactNode;
  children: ReactNode;
};

/** The parts of protection, each with the way to the others. */
export function ProtectionFrame({ tab, lead, actions, children }: Props) {
  const text = useTranslations('protection.staff');
  return (
    <>
      <PageHeader
        title={text(`tabs.${tab}`)}
        lead={lead}
        crumbs={[{ label: text('title'), href: adminPaths.protection() }]}
        actions={actions}
      />
      <nav className="ui-tabs" aria-label={text('tabsLabel')}>
        {TABS.map((one) => (
          <Link key={one} href={HREFS[one]()} aria-current={one === tab ? 'page' : undefined}>
            {text(`tabs.${one}`)}
          </Link>
        ))}
      </nav>
      <Stack>{children}</Stack>
    </>
  );
}
