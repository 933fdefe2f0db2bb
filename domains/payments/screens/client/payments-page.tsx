import { IconCreditCard } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { usePaymentColumns } from '../payment-columns.tsx';

/** Every payment the client has made or begun. */
export function PaymentsPage() {
  const text = useTranslations('payments.list');
  const params = useListParams();
  const payments = useQuery({
    ...apiQuery.payments.list.queryOptions({ input: { cursor: params.query.cursor } }),
    placeholderData: keepPreviousData,
  });
  const columns = usePaymentColumns();
  return (
    <>
      <PageHeader
        title={text('title')}
        actions={<LinkButton href={clientPaths.balance()}>{text('topUp')}</LinkButton>}
      />
      <DataTable
        label={text('title')}
        query={payments}
        params={params}
        rowKey={({ id }) => id}
        rowHref={({ id }) => clientPaths.payment({ paymentId: id })}
        columns={columns}
        empty={
          <EmptyState icon={IconCreditCard} title={text('empty')}>
            {text('emptyHelp')}
          </EmptyState>
        }
      />
    </>
  );
}
