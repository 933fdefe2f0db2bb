import { IconLifebuoy, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { useWords } from '#web/ui/use-words.ts';
import { TICKET_STATES } from '../../support-words.ts';
import { ClientTicketBadge } from '../ticket-badges.tsx';

const FILTERS = ['state'] as const;

/** What the client has asked, and where each stands. */
export function TicketsPage() {
  const text = useTranslations('support');
  const words = useWords();
  const params = useListParams(FILTERS);
  const { state, cursor } = params.query;
  const query = useQuery({
    ...apiQuery.support.list.queryOptions({
      input: { cursor, state: TICKET_STATES.find((one) => one === state) },
    }),
    placeholderData: keepPreviousData,
  });
  const ask = (
    <LinkButton tone="primary" icon={IconPlus} href={clientPaths.newTicket()}>
      {text('client.ask')}
    </LinkButton>
  );
  return (
    <>
      <PageHeader title={text('client.title')} lead={text('client.lead')} actions={ask} />
      <DataTable
        label={text('client.title')}
        query={query}
        params={params}
        filters={[
          {
            name: 'state',
            label: text('fields.state'),
            options: TICKET_STATES.map((value) => ({
              value,
              label: text(`clientStates.${value}`),
            })),
          },
        ]}
        rowKey={({ id }) => id}
        rowHref={({ id }) => clientPaths.ticket({ ticketId: id })}
        columns={[
          { id: 'subject', header: text('fields.subject'), cell: ({ subject }) => subject },
          {
            id: 'number',
            header: text('fields.number'),
            cell: ({ number }) => <span className="ui-mono">{number}</span>,
          },
          {
            id: 'department',
            header: text('fields.department'),
            cell: ({ department }) => words(department.title),
          },
          {
            id: 'state',
            header: text('fields.state'),
            cell: ({ state: now }) => <ClientTicketBadge state={now} />,
          },
          {
            id: 'lastAt',
            header: text('fields.lastAt'),
            cell: ({ lastAt }) => <DateText at={lastAt} time />,
          },
        ]}
        empty={
          <EmptyState icon={IconLifebuoy} title={text('client.empty')} actions={ask}>
            {text('client.emptyHelp')}
          </EmptyState>
        }
      />
    </>
  );
}
