import { IconLifebuoy, IconSettings } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { useWords } from '#web/ui/use-words.ts';
import { TICKET_PRIORITIES, TICKET_STATES } from '../../support-words.ts';
import { PriorityBadge, TicketBadge } from '../ticket-badges.tsx';
import { useDepartments } from './use-departments.ts';

const FILTERS = ['state', 'department', 'priority', 'whose', 'clientId'] as const;
const STATES = ['live', ...TICKET_STATES] as const;
const WHOSE = ['mine', 'nobody'] as const;
const LOOK_AGAIN_MS = 15_000;

/** The queue of the seller's own shops. */
export function StaffTicketsPage() {
  const text = useTranslations('support');
  const words = useWords();
  const mayRead = allowed(useSession(), 'brands.read');
  const departments = useDepartments(mayRead);
  const params = useListParams(FILTERS);
  const { state, whose, priority, ...rest } = params.query;
  const query = useQuery({
    ...apiQuery.support.admin.list.queryOptions({
      input: {
        ...rest,
        state: STATES.find((one) => one === state),
        whose: WHOSE.find((one) => one === whose),
        priority: TICKET_PRIORITIES.find((one) => one === priority),
      },
    }),
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_AGAIN_MS,
  });
  const settings = mayRead && (
    <LinkButton icon={IconSettings} href={adminPaths.supportSettings()}>
      {text('staff.settings')}
    </LinkButton>
  );
  return (
    <>
      <PageHeader title={text('staff.title')} lead={text('staff.lead')} actions={settings} />
      <DataTable
        label={text('staff.title')}
        query={query}
        params={params}
        search={text('staff.search')}
        filters={[
          {
            name: 'state',
            label: text('fields.state'),
            options: [
              { value: 'live', label: text('staff.live') },
              ...TICKET_STATES.map((value) => ({ value, label: text(`states.${value}`) })),
            ],
          },
          {
            name: 'whose',
            label: text('staff.whose'),
            options: [
              { value: 'mine', label: text('staff.mine') },
              { value: 'nobody', label: text('staff.nobodys') },
            ],
          },
          {
            name: 'department',
            label: text('fields.department'),
            options: departments.map(({ key, title }) => ({ value: key, label: words(title) })),
          },
          {
            name: 'priority',
            label: text('fields.priority'),
            options: TICKET_PRIORITIES.map((value) => ({
              value,
              label: text(`priorities.${value}`),
            })),
          },
        ]}
        rowKey={({ id }) => id}
        rowHref={({ id }) => adminPaths.ticket({ ticketId: id })}
        columns={[
          { id: 'subject', header: text('fields.subject'), cell: ({ subject }) => subject },
          { id: 'client', header: text('fields.client'), cell: ({ clientName }) => clientName },
          {
            id: 'state',
            header: text('fields.state'),
            cell: ({ state: now }) => <TicketBadge state={now} />,
          },
          {
            id: 'priority',
            header: text('fields.priority'),
            cell: ({ priority: weight }) => <PriorityBadge priority={weight} />,
          },
          {
            id: 'assignee',
            header: text('fields.assignee'),
            cell: ({ assignee }) => assignee?.name ?? text('fields.nobody'),
          },
          {
            id: 'lastAt',
            header: text('fields.lastAt'),
            cell: ({ lastAt }) => <DateText at={lastAt} time />,
          },
          {
            id: 'number',
            header: text('fields.number'),
            cell: ({ number }) => <span className="ui-mono">{number}</span>,
          },
        ]}
        empty={
          <EmptyState icon={IconLifebuoy} title={text('staff.empty')} actions={settings}>
            {text('staff.emptyHelp')}
          </EmptyState>
        }
      />
    </>
  );
}
