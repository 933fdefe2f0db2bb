import { IconFileInvoice } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { Money } from '#web/ui/money.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { InvoiceBadge } from '../invoice-badge.tsx';
import { asState, STATE_VALUES } from '../state-filter.ts';

const FILTERS = ['state', 'kind', 'side'] as const;
const KINDS = ['invoice', 'credit-note'] as const;
const SIDES = ['sold', 'bought'] as const;

/** Documents of the seller and of those below it. */
export function InvoicesPage() {
  const text = useTranslations('billing.screen');
  const params = useListParams(FILTERS);
  const { search, cursor, state, kind, side } = params.query;
  const query = useQuery(
    apiQuery.billing.adminInvoices.list.queryOptions({
      input: {
        search,
        cursor,
        state: asState(state),
        kind: KINDS.find((value) => value === kind),
        side: SIDES.find((value) => value === side),
      },
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <>
      <PageHeader
        title={text('title')}
        actions={<LinkButton href={adminPaths.taxRates()}>{text('taxRates')}</LinkButton>}
      />
      <DataTable
        label={text('title')}
        query={query}
        params={params}
        search={text('search')}
        filters={[
          {
            name: 'state',
            label: text('state'),
            options: STATE_VALUES.map((value) => ({ value, label: text(`states.${value}`) })),
          },
          {
            name: 'kind',
            label: text('kind'),
            options: KINDS.map((value) => ({ value, label: text(`kinds.${value}`) })),
          },
          {
            name: 'side',
            label: text('side'),
            options: SIDES.map((value) => ({ value, label: text(`sides.${value}`) })),
          },
        ]}
        rowKey={(invoice) => invoice.id}
        rowHref={(invoice) => adminPaths.invoice({ invoiceId: invoice.id })}
        columns={[
          {
            id: 'number',
            header: text('number'),
            cell: (invoice) => <span className="ui-nowrap">{invoice.number}</span>,
          },
          { id: 'buyer', header: text('buyer'), cell: (invoice) => invoice.buyerName },
          { id: 'seller', header: text('sellerColumn'), cell: (invoice) => invoice.sellerName },
          { id: 'about', header: text('about'), cell: (invoice) => invoice.about },
          {
            id: 'issued',
            header: text('issued'),
            cell: (invoice) => <DateText on={invoice.issuedOn} />,
          },
          {
            id: 'state',
            header: text('state'),
            cell: (invoice) => <InvoiceBadge invoice={invoice} />,
          },
          {
            id: 'total',
            header: text('total'),
            align: 'end',
            cell: (invoice) => <Money {...invoice.total} />,
          },
        ]}
        empty={
          <EmptyState icon={IconFileInvoice} title={text('empty')}>
            {text('emptyStaff')}
          </EmptyState>
        }
      />
    </>
  );
}
