import { IconTruckDelivery } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { DELIVERY_KINDS, DELIVERY_STATES } from '../../contract.ts';
import { DeliveryBadge } from '../delivery-badge.tsx';
import { useDeliveryReason } from '../delivery-view.ts';

const FILTERS = ['state', 'kind'] as const;
const LOOK_AGAIN_MS = 5000;

/** What was and is being delivered, what waits and why, what failed. */
export function DeliveriesPage() {
  const text = useTranslations('hosting.delivery');
  const sayWhy = useDeliveryReason();
  const params = useListParams(FILTERS);
  const { search, cursor, state, kind } = params.query;
  const deliveries = useQuery({
    ...apiQuery.hosting.admin.deliveries.list.queryOptions({
      input: {
        search,
        cursor,
        state: DELIVERY_STATES.find((known) => known === state),
        kind: DELIVERY_KINDS.find((known) => known === kind),
      },
      refetchInterval: LOOK_AGAIN_MS,
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader title={text('list')} />
      <DataTable
        label={text('list')}
        query={deliveries}
        params={params}
        search={text('search')}
        filters={[
          {
            name: 'state',
            label: text('state'),
            options: DELIVERY_STATES.map((value) => ({ value, label: text(`states.${value}`) })),
          },
          {
            name: 'kind',
            label: text('kind'),
            options: DELIVERY_KINDS.map((value) => ({ value, label: text(`kinds.${value}`) })),
          },
        ]}
        rowKey={({ id }) => id}
        rowHref={({ id }) => adminPaths.delivery({ deliveryId: id })}
        columns={[
          { id: 'domain', header: text('domain'), cell: ({ domainName }) => domainName },
          { id: 'kind', header: text('kind'), cell: (one) => text(`kinds.${one.kind}`) },
          {
            id: 'state',
            header: text('state'),
            cell: (one) => <DeliveryBadge state={one.state} />,
          },
          { id: 'why', header: text('why'), cell: (one) => sayWhy(one) },
          {
            id: 'created',
            header: text('created'),
            align: 'end',
            cell: ({ createdAt }) => <DateText at={createdAt} time />,
          },
        ]}
        empty={
          <EmptyState icon={IconTruckDelivery} title={text('empty')}>
            {text('emptyHelp')}
          </EmptyState>
        }
      />
    </>
  );
}
