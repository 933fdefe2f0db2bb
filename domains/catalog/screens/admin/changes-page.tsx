import { IconPlus, IconTimelineEvent } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { Link } from '#web/ui/link.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { Timeline } from '#web/ui/timeline.tsx';
import { useGoods, useItemName } from './goods.ts';
import { PHASE_TONE, PhaseBadge } from './phase-badge.tsx';
import { UnbundleDialog } from './unbundle-dialog.tsx';

/** The catalogue by date: what is drafted, what comes, what is in force, what was. */
export function ChangesPage() {
  const text = useTranslations('catalog.admin');
  const session = useSession();
  const [unbundling, setUnbundling] = useState(false);
  const editions = useQuery(apiQuery.catalog.editions.list.queryOptions({ input: {} }));
  return (
    <>
      <PageHeader
        title={text('changes.title')}
        lead={text('changes.lead')}
        actions={
          allowed(session, 'catalog.write') && (
            <>
              <Button onClick={() => setUnbundling(true)}>{text('unbundle.open')}</Button>
              <LinkButton tone="primary" icon={IconPlus} href={adminPaths.newChange()}>
                {text('changes.new')}
              </LinkButton>
            </>
          )
        }
      />
      {editions.error && <FailureCallout error={editions.error} onRetry={editions.refetch} />}
      {editions.isPending && <CardSkeleton />}
      {editions.data && <Editions items={editions.data.items} />}
      <UnbundleDialog open={unbundling} onClose={() => setUnbundling(false)} />
    </>
  );
}

type Summary = {
  id: string;
  no: number | null;
  title: string;
  effectiveOn: string;
  existingOn: string | null;
  phase: 'draft' | 'planned' | 'in-force' | 'withdrawn';
  items: { kind: 'plan' | 'component'; id: string }[];
  unbundled: string[];
};

function Editions({ items }: { items: readonly Summary[] }) {
  const text = useTranslations('catalog.admin');
  if (items.length === 0) {
    return (
      <EmptyState icon={IconTimelineEvent} title={text('changes.empty')}>
        {text('changes.emptyHelp')}
      </EmptyState>
    );
  }
  return (
    <Card>
      <Timeline
        events={items.map((edition) => ({
          id: edition.id,
          tone: PHASE_TONE[edition.phase],
          ahead: edition.phase === 'draft' || edition.phase === 'planned',
          when: <DateText on={edition.effectiveOn} />,
          title: (
            <Link href={adminPaths.change({ editionId: edition.id })}>
              {edition.no === null ? '' : `${edition.no}. `}
              {edition.title}
            </Link>
          ),
          detail: <EditionLine edition={edition} />,
        }))}
      />
    </Card>
  );
}

function EditionLine({ edition }: { edition: Summary }) {
  const text = useTranslations('catalog.admin');
  const goods = useGoods();
  const nameOf = useItemName(goods.data);
  const { existingOn, items, unbundled } = edition;
  const addons = unbundled.map((id) => nameOf({ kind: 'component', id }));
  return (
    <div className="ui-stack ui-gap-1">
      <span>
        <PhaseBadge phase={edition.phase} />
      </span>
      <span>
        {existingOn ? (
          <>
            {text('changes.existingFrom')} <DateText on={existingOn} />
          </>
        ) : (
          text('changes.newOnly')
        )}
      </span>
      <span className="ui-muted">
        {[
          items.length > 0 && text('changes.prices', { count: items.length }),
          addons.length > 0 && text('changes.addons', { names: addons.join(', ') }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </div>
  );
}
