import { IconShieldCheck } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { FindingBadge } from '../badges.tsx';
import type { SiteProtection } from '../protection-view.ts';
import '../protection.css';

const LOOK_AGAIN_MS = 5000;

/** What was found on one site, newest first. */
export function FindingsTable({ account }: { account: SiteProtection }) {
  const text = useTranslations('protection');
  const params = useListParams();
  const { cursor } = params.query;
  const { accountId, subscriptionId } = account;
  const findings = useQuery({
    ...apiQuery.protection.findings.queryOptions({
      input: { id: accountId, cursor },
      refetchInterval: LOOK_AGAIN_MS,
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <DataTable
      label={text('site.findings')}
      query={findings}
      params={params}
      rowKey={({ id }) => id}
      rowHref={({ id }) => clientPaths.finding({ subscriptionId, accountId, findingId: id })}
      columns={[
        {
          id: 'file',
          header: text('finding.file'),
          cell: ({ path }) => <span className="protection-path">{path}</span>,
        },
        {
          id: 'class',
          header: text('finding.class'),
          cell: (one) => text(`classes.${one.class}`),
        },
        {
          id: 'state',
          header: text('finding.state'),
          cell: ({ state }) => <FindingBadge state={state} />,
        },
        {
          id: 'foundAt',
          header: text('finding.foundAt'),
          align: 'end',
          cell: ({ foundAt }) => <DateText at={foundAt} time />,
        },
      ]}
      empty={
        <EmptyState icon={IconShieldCheck} title={text('site.none')}>
          {text('site.noneHelp')}
        </EmptyState>
      }
    />
  );
}
