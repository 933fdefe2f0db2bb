import { IconFileInvoice } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { Money } from '#web/ui/money.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { InvoiceBadge } from '../invoice-badge.tsx';
import { asState, STATE_VALUES } from '../state-filter.ts';

const FILTERS = ['state'] as const;

/** The client's documents. */
export function InvoicesPage() {
  const text = useTranslations('billing.screen');
  const params = useListParams(FILTERS);
  const query = useQuery(
    apiQuery.billing.invoices.list.queryOptions({
      input: { state: asState(params.query.state), cursor: params.query.cursor },
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <>
      <PageHeader
        title={text('title')}
        actions={<LinkButton href={clientPaths.payMany()}>{text('payMany')}</LinkButton>}
      />
      <DataTable
        label={text('title')}
        query={query}
        params={params}
        filters={[
          {
            name: 'state',
            label: text('state'),
            options: STATE_VALUES.map((value) => ({ value, label: text(`states.${value}`) })),
          },
        ]}
        rowKey={(invoice) => invoice.id}
        rowHref={(invoice) => clientPaths.invoice({ invoiceId: invoice.id })}
        columns={[
          {
            id: 'number',
            header: text('number'),
            cell: (invoice) => <span className="ui-nowrap">{invoice.number}</span>,
          },
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
            {text('emptyWords')}
          </EmptyState>
        }
      />
    </>
  );
}
