import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { adminPaths } from '#web/paths.ts';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import '#web/ui/tabs.css';
import type { Report } from './use-report.ts';

const TABS = ['trialBalance', 'ageing', 'revenue', 'months'] as const;

const HREFS = {
  trialBalance: adminPaths.trialBalance,
  ageing: adminPaths.ageing,
  revenue: adminPaths.revenue,
  months: adminPaths.reportMonths,
};

type Props = {
  report: Report;
  tab: (typeof TABS)[number];
  /** Of a page below the report itself. */
  title?: string;
  lead?: string;
  actions?: ReactNode;
  children: ReactNode;
};

/** Title, the way to the other reports, and what stands below once the books are known. */
export function ReportFrame({ report, tab, title, lead, actions, children }: Props) {
  const text = useTranslations('reports');
  const { books, sellerId } = report;
  const crumbs = title ? [{ label: text(`tabs.${tab}`), href: HREFS[tab]({ sellerId }) }] : [];
  return (
    <>
      <PageHeader
        title={title ?? text(`tabs.${tab}`)}
        lead={lead}
        crumbs={[{ label: text('title'), href: adminPaths.trialBalance({ sellerId }) }, ...crumbs]}
        actions={actions}
      />
      {!title && (
        <nav className="ui-tabs" aria-label={text('title')}>
          {TABS.map((one) => (
            <Link
              key={one}
              href={HREFS[one]({ sellerId })}
              aria-current={one === tab ? 'page' : undefined}
            >
              {text(`tabs.${one}`)}
            </Link>
          ))}
        </nav>
      )}
      {books.error && <FailureCallout error={books.error} onRetry={books.refetch} />}
      {!books.error && (report.ready ? <Stack>{children}</Stack> : <PageSkeleton />)}
    </>
  );
}
