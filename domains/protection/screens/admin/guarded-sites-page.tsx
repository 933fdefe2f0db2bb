import { IconShield } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { Badge } from '#web/ui/badge.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Link } from '#web/ui/link.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { MODES } from '../../contract.ts';
import { ModeBadge, StandingBadge } from '../badges.tsx';
import { ProtectionFrame } from './protection-frame.tsx';

const FILTERS = ['mode', 'open', 'nodeId'] as const;
const LOOK_AGAIN_MS = 10_000;

/** The sites of all clients by risk, the worst first. */
export function GuardedSitesPage() {
  const text = useTranslations('protection');
  const params = useListParams(FILTERS);
  const { search, cursor, mode, open, nodeId } = params.query;
  const sites = useQuery({
    ...apiQuery.protection.admin.accounts.list.queryOptions({
      input: {
        search,
        cursor,
        nodeId,
        mode: MODES.find((one) => one === mode),
        open: open === undefined ? undefined : 'true',
      },
      refetchInterval: LOOK_AGAIN_MS,
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <ProtectionFrame tab="accounts">
      <DataTable
        label={text('staff.tabs.accounts')}
        query={sites}
        params={params}
        search={text('staff.searchSites')}
        filters={[
          {
            name: 'mode',
            label: text('staff.mode'),
            options: MODES.map((value) => ({ value, label: text(`modes.${value}`) })),
          },
          {
            name: 'open',
            label: text('staff.state'),
            options: [{ value: 'yes', label: text('staff.onlyOpen') }],
          },
        ]}
        rowKey={({ accountId }) => accountId}
        rowHref={({ accountId }) => adminPaths.guardedSite({ accountId })}
        columns={[
          { id: 'site', header: text('staff.site'), cell: ({ domainName }) => domainName },
          {
            id: 'client',
            header: text('staff.client'),
            cell: ({ clientId, clientName }) => (
              <Link href={adminPaths.client({ clientId })}>{clientName}</Link>
            ),
          },
          {
            id: 'node',
            header: text('staff.node'),
            cell: ({ node }) => <span className="ui-nowrap">{node?.name ?? '—'}</span>,
          },
          {
            id: 'state',
            header: text('staff.state'),
            cell: ({ standing }) => <StandingBadge standing={standing} />,
          },
          {
            id: 'mode',
            header: text('staff.mode'),
            cell: ({ mode: now, bought, appliedMode }) => (
              <span className="ui-row ui-gap-2">
                <ModeBadge mode={now} />
                {bought && <Badge>{text('staff.bought')}</Badge>}
                {appliedMode !== now && <Badge>{text('staff.pending')}</Badge>}
              </span>
            ),
          },
          {
            id: 'open',
            header: text('staff.open'),
            align: 'end',
            cell: ({ summary }) => summary.records,
          },
          { id: 'risk', header: text('staff.risk'), align: 'end', cell: ({ risk }) => risk },
          {
            id: 'lastScan',
            header: text('staff.lastScan'),
            align: 'end',
            cell: ({ summary: { scanEndedAt } }) =>
              scanEndedAt === null ? text('site.never') : <DateText at={scanEndedAt} time />,
          },
        ]}
        empty={
          <EmptyState icon={IconShield} title={text('staff.emptySites')}>
            {text('staff.emptySitesHelp')}
          </EmptyState>
        }
      />
    </ProtectionFrame>
  );
}
