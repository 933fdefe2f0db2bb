import { IconChartHistogram } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, type ApiClient } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { InclusionDifferences, PriceDifferences } from './differences.tsx';
import { Retirements } from './retirement-list.tsx';
import { PhaseBadge } from './phase-badge.tsx';

export type EditionDetail = Awaited<ReturnType<ApiClient['catalog']['editions']['get']>>;

/** One change: its dates, what it changes to the kopeck, and what may be done with it now. */
export function ChangePage() {
  const { editionId } = usePathParams(adminPaths.change);
  const query = useQuery(apiQuery.catalog.editions.get.queryOptions({ input: { id: editionId } }));
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <PageSkeleton />;
  return <ChangeView edition={query.data} />;
}

function ChangeView({ edition }: { edition: EditionDetail }) {
  const text = useTranslations('catalog.admin');
  const session = useSession();
  return (
    <>
      <PageHeader
        title={edition.title}
        crumbs={[{ label: text('changes.title'), href: adminPaths.changes() }]}
        status={<PhaseBadge phase={edition.phase} />}
        actions={
          <>
            {allowed(session, 'reports.read') && edition.phase !== 'withdrawn' && (
              <LinkButton
                icon={IconChartHistogram}
                href={adminPaths.forecast({ editionId: edition.id })}
              >
                {text('change.forecast')}
              </LinkButton>
            )}
            {allowed(session, 'catalog.write') && <Deeds edition={edition} />}
          </>
        }
      />
      <Columns main>
        <Stack>
          <Retirements edition={edition} />
          <InclusionDifferences edition={edition} />
          <PriceDifferences edition={edition} audience="clients" />
          <PriceDifferences edition={edition} audience="resellers" />
          {edition.differences.length + edition.retirements.length === 0 && (
            <Card title={text('change.differences')}>{text('change.same')}</Card>
          )}
        </Stack>
        <Card title={text('change.facts')}>
          <KeyValue
            facts={[
              edition.no !== null && { label: text('change.no'), value: edition.no },
              {
                label: text('change.forNew'),
                value: <DateText on={edition.effectiveOn} />,
              },
              {
                label: text('change.forExisting'),
                value: edition.existingOn ? (
                  <DateText on={edition.existingOn} />
                ) : (
                  text('change.never')
                ),
              },
              {
                label: text('change.notice'),
                value: text('change.noticeDays', { days: edition.noticeDays }),
              },
              edition.carryOver === 'opt-in' && {
                label: text('fields.carryOver'),
                value: text('carryOver.opt-in'),
              },
              { label: text('change.created'), value: <DateText at={edition.createdAt} time /> },
              edition.publishedAt !== null && {
                label: text('change.published'),
                value: <DateText at={edition.publishedAt} time />,
              },
            ]}
          />
        </Card>
      </Columns>
    </>
  );
}

type Deed = 'publish' | 'withdraw' | 'remove';

/** A draft is changed, published or thrown away; a planned change may still be taken back. */
function Deeds({ edition }: { edition: EditionDetail }) {
  const text = useTranslations('catalog.admin.change');
  const queries = useQueryClient();
  const navigation = useNavigation();
  const [deed, setDeed] = useState<Deed | null>(null);
  const { id, phase } = edition;
  async function act(which: Deed) {
    if (which === 'withdraw') await api.orders.withdrawChange({ id });
    else await api.catalog.editions[which]({ id });
    await queries.invalidateQueries({ queryKey: apiQuery.catalog.key() });
    if (which === 'remove') navigation.go(adminPaths.changes());
  }
  return (
    <>
      {phase === 'draft' && (
        <>
          <Button tone="danger" onClick={() => setDeed('remove')}>
            {text('remove.open')}
          </Button>
          <LinkButton href={adminPaths.editChange({ editionId: id })}>{text('edit')}</LinkButton>
          <Button tone="primary" onClick={() => setDeed('publish')}>
            {text('publish.open')}
          </Button>
        </>
      )}
      {phase === 'planned' && (
        <Button tone="danger" onClick={() => setDeed('withdraw')}>
          {text('withdraw.open')}
        </Button>
      )}
      {deed && (
        <ConfirmDialog
          open
          onClose={() => setDeed(null)}
          title={text(`${deed}.title`)}
          confirm={text(`${deed}.open`)}
          final={deed !== 'publish'}
          onConfirm={() => act(deed)}
        >
          {text(`${deed}.words`)}
        </ConfirmDialog>
      )}
    </>
  );
}
