import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { StatusBadge } from '#web/ui/badge.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { useListParams } from '#web/ui/list-params.ts';

const TONE = { creating: 'info', active: 'good', suspended: 'wait', terminated: 'idle' } as const;

/** The packages on one node, newest first. */
export function NodePackages({ nodeId }: { nodeId: string }) {
  const text = useTranslations('hosting.nodes');
  const params = useListParams();
  const { search, cursor } = params.query;
  const packages = useQuery({
    ...apiQuery.hosting.admin.packages.queryOptions({ input: { nodeId, search, cursor } }),
    placeholderData: keepPreviousData,
  });
  return (
    <DataTable
      label={text('packages')}
      query={packages}
      params={params}
      search={text('searchPackages')}
      rowKey={({ id }) => id}
      rowHref={({ subscriptionId }) => adminPaths.package({ subscriptionId })}
      columns={[
        { id: 'domain', header: text('domain'), cell: ({ domainName }) => domainName },
        {
          id: 'username',
          header: text('username'),
          cell: ({ username }) => <code>{username}</code>,
        },
        {
          id: 'state',
          header: text('state'),
          cell: ({ state }) => (
            <StatusBadge tone={TONE[state]}>{text(`packageStates.${state}`)}</StatusBadge>
          ),
        },
      ]}
      empty={<EmptyState title={text('noPackages')} />}
    />
  );
}
