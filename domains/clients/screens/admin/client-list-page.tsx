import { IconUsers } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { ClientState } from './client-state.tsx';

const FILTERS = ['state'] as const;
const STATES = ['active', 'closed'] as const;

export function ClientListPage() {
  const text = useTranslations('clients.list');
  const params = useListParams(FILTERS);
  const { search, cursor, state } = params.query;
  const clients = useQuery({
    ...apiQuery.clients.clients.list.queryOptions({
      input: { search, cursor, state: STATES.find((known) => known === state) },
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader title={text('title')} />
      <DataTable
        label={text('title')}
        query={clients}
        params={params}
        search={text('search')}
        filters={[
          {
            name: 'state',
            label: text('state'),
            options: STATES.map((value) => ({ value, label: text(`states.${value}`) })),
          },
        ]}
        rowKey={({ id }) => id}
        rowHref={({ id }) => adminPaths.client({ clientId: id })}
        columns={[
          {
            id: 'name',
            header: text('name'),
            cell: ({ kind, name, company }) => (kind === 'company' && company ? company : name),
          },
          { id: 'email', header: text('email'), cell: ({ email }) => email },
          { id: 'country', header: text('country'), cell: ({ country }) => country },
          {
            id: 'state',
            header: text('state'),
            cell: ({ state: now }) => <ClientState state={now} />,
          },
          {
            id: 'since',
            header: text('since'),
            cell: ({ createdAt }) => <DateText at={createdAt} />,
          },
        ]}
        empty={
          <EmptyState icon={IconUsers} title={text('empty')}>
            {text('emptyHelp')}
          </EmptyState>
        }
      />
    </>
  );
}
