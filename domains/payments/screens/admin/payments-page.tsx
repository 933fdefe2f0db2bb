import { IconCreditCard } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Link } from '#web/ui/link.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { useWords } from '#web/ui/use-words.ts';
import type { StaffPaymentWire } from '../../contract.ts';
import { usePaymentColumns } from '../payment-columns.tsx';

const FILTERS = ['state', 'gatewayId', 'clientId'] as const;
const STATES = ['starting', 'pending', 'succeeded', 'failed', 'cancelled'] as const;

/** Payments of the seller's shops and of those below it. */
export function StaffPaymentsPage() {
  const text = useTranslations('payments');
  const params = useListParams(FILTERS);
  const session = useSession();
  const { search, cursor, state, gatewayId, clientId } = params.query;
  const payments = useQuery({
    ...apiQuery.payments.admin.list.queryOptions({
      input: { search, cursor, gatewayId, clientId, state: STATES.find((one) => one === state) },
    }),
    placeholderData: keepPreviousData,
  });
  const methods = useMethodOptions();
  const columns = usePaymentColumns<StaffPaymentWire>([
    {
      id: 'client',
      header: text('fields.client'),
      cell: (payment) => (
        <Link href={adminPaths.client({ clientId: payment.clientId })}>{payment.clientName}</Link>
      ),
    },
  ]);
  return (
    <>
      <PageHeader
        title={text('staff.title')}
        actions={
          <>
            <LinkButton href={adminPaths.refunds()}>{text('refunds.title')}</LinkButton>
            {allowed(session, 'brands.read') && (
              <>
                <LinkButton href={adminPaths.collection()}>{text('staff.collection')}</LinkButton>
                <LinkButton href={adminPaths.gateways()}>{text('staff.gateways')}</LinkButton>
              </>
            )}
          </>
        }
      />
      <DataTable
        label={text('staff.title')}
        query={payments}
        params={params}
        search={text('staff.search')}
        filters={[
          {
            name: 'state',
            label: text('fields.state'),
            options: STATES.map((value) => ({ value, label: text(`states.${value}`) })),
          },
          { name: 'gatewayId', label: text('fields.method'), options: methods },
        ]}
        rowKey={({ id }) => id}
        rowHref={({ id }) => adminPaths.payment({ paymentId: id })}
        columns={columns}
        empty={
          <EmptyState icon={IconCreditCard} title={text('staff.empty')}>
            {text('staff.emptyHelp')}
          </EmptyState>
        }
      />
    </>
  );
}

/** Every gateway that any of the shops has, once. */
function useMethodOptions(): { value: string; label: string }[] {
  const words = useWords();
  const mayRead = allowed(useSession(), 'brands.read');
  const gateways = useQuery(
    apiQuery.payments.admin.gateways.list.queryOptions({ input: {}, enabled: mayRead }),
  );
  const titles = new Map(
    gateways.data?.items.map(({ gatewayId, title }) => [gatewayId, words(title)]),
  );
  return [...titles].map(([value, label]) => ({ value, label }));
}
