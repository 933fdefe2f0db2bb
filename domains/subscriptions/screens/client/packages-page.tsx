import { IconServer } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths, storePaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { asState, STATES, usePackageColumns } from '../package-columns.tsx';

const FILTERS = ['state'] as const;

/** Everything the client holds. */
export function PackagesPage() {
  const text = useTranslations('subscriptions.screen');
  const locale = useLocale();
  const params = useListParams(FILTERS);
  const columns = usePackageColumns();
  const { state, cursor } = params.query;
  const query = useQuery(
    apiQuery.subscriptions.list.queryOptions({
      input: { state: asState(state), cursor },
      placeholderData: keepPreviousData,
    }),
  );
  const shop = storePaths.plans({ locale });
  return (
    <>
      <PageHeader
        title={text('title')}
        actions={
          <LinkButton tone="primary" href={shop}>
            {text('order')}
          </LinkButton>
        }
      />
      <DataTable
        label={text('title')}
        query={query}
        params={params}
        filters={[
          {
            name: 'state',
            label: text('state'),
            options: STATES.map((value) => ({ value, label: text(`states.${value}`) })),
          },
        ]}
        rowKey={(row) => row.id}
        rowHref={(row) => clientPaths.package({ subscriptionId: row.id })}
        columns={columns}
        empty={
          <EmptyState
            icon={IconServer}
            title={text('empty')}
            actions={
              <LinkButton tone="primary" href={shop}>
                {text('order')}
              </LinkButton>
            }
          >
            {text('emptyWords')}
          </EmptyState>
        }
      />
    </>
  );
}
