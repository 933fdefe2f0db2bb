import { IconShoppingCart } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { asState, STATES, useOrderColumns } from '../order-columns.tsx';

const FILTERS = ['state'] as const;

/** What the client ordered; a row opens the package it is about. */
export function OrdersPage() {
  const text = useTranslations('orders.screen');
  const quotes = useTranslations('orders.quotes');
  const params = useListParams(FILTERS);
  const columns = useOrderColumns();
  const { state, cursor } = params.query;
  const query = useQuery(
    apiQuery.orders.list.queryOptions({
      input: { state: asState(state), cursor },
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <>
      <PageHeader
        title={text('title')}
        actions={<LinkButton href={clientPaths.quotes()}>{quotes('title')}</LinkButton>}
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
        rowKey={(order) => order.id}
        rowHref={(order) => clientPaths.package({ subscriptionId: order.subscriptionId })}
        columns={columns}
        empty={
          <EmptyState icon={IconShoppingCart} title={text('empty')}>
            {text('emptyWords')}
          </EmptyState>
        }
      />
    </>
  );
}
