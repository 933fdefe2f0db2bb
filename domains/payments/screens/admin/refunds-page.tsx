import { IconReceiptRefund } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Link } from '#web/ui/link.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { useRefundColumns } from './refund-columns.tsx';

const FILTERS = ['state'] as const;
const STATES = ['asked', 'done', 'failed'] as const;

/** Refunds of all clients: those that failed or wait are for staff to act on. */
export function RefundsPage() {
  const text = useTranslations('payments.refunds');
  const payments = useTranslations('payments.staff');
  const params = useListParams(FILTERS);
  const { cursor, state } = params.query;
  const refunds = useQuery({
    ...apiQuery.payments.admin.refunds.list.queryOptions({
      input: { cursor, state: STATES.find((one) => one === state) },
    }),
    placeholderData: keepPreviousData,
  });
  const columns = useRefundColumns([
    {
      id: 'client',
      header: text('client'),
      cell: ({ paymentId, clientName }) => (
        <Link href={adminPaths.payment({ paymentId })}>{clientName}</Link>
      ),
    },
  ]);
  return (
    <>
      <PageHeader
        title={text('title')}
        crumbs={[{ label: payments('title'), href: adminPaths.payments() }]}
      />
      <DataTable
        label={text('title')}
        query={refunds}
        params={params}
        filters={[
          {
            name: 'state',
            label: text('state'),
            options: STATES.map((value) => ({ value, label: text(`states.${value}`) })),
          },
        ]}
        rowKey={({ id }) => id}
        columns={columns}
        empty={
          <EmptyState icon={IconReceiptRefund} title={text('empty')}>
            {text('emptyHelp')}
          </EmptyState>
        }
      />
    </>
  );
}
