import { IconShoppingCart } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { asState, STATES, useOrderColumns } from '../order-columns.tsx';

const FILTERS = ['state'] as const;

/** Orders of the seller and of all sellers below it. */
export function StaffOrdersPage() {
  const text = useTranslations('orders.screen');
  const params = useListParams(FILTERS);
  const columns = useOrderColumns();
  const { state, cursor, search } = params.query;
  const query = useQuery(
    apiQuery.orders.staffList.queryOptions({
      input: { state: asState(state), cursor, search },
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <>
      <PageHeader title={text('title')} />
      <DataTable
        label={text('title')}
        query={query}
        params={params}
        search={text('search')}
        filters={[
          {
            name: 'state',
            label: text('state'),
            options: STATES.map((value) => ({ value, label: text(`states.${value}`) })),
          },
        ]}
        rowKey={(order) => order.id}
        rowHref={(order) => adminPaths.order({ orderId: order.id })}
        columns={[
          ...columns.slice(0, 2),
          { id: 'client', header: text('client'), cell: (row) => row.clientName },
          ...columns.slice(2),
        ]}
        empty={
          <EmptyState icon={IconShoppingCart} title={text('empty')}>
            {text('emptyStaff')}
          </EmptyState>
        }
      />
    </>
  );
}
