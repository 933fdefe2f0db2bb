import { IconMail } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { MessageBadge } from './message-badge.tsx';

const FILTERS = ['state', 'clientId'] as const;
const STATES = ['queued', 'sent', 'failed'] as const;
const LOOK_AGAIN_MS = 10_000;

/** The mailbox: every mail that was written, newest first. */
export function MailPage() {
  const text = useTranslations('messages');
  const params = useListParams(FILTERS);
  const { search, cursor, state, clientId } = params.query;
  const messages = useQuery({
    ...apiQuery.messages.list.queryOptions({
      input: { search, cursor, clientId, state: STATES.find((one) => one === state) },
    }),
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_AGAIN_MS,
  });
  return (
    <>
      <PageHeader title={text('list.title')} lead={text('list.lead')} />
      <DataTable
        label={text('list.title')}
        query={messages}
        params={params}
        search={text('list.search')}
        filters={[
          {
            name: 'state',
            label: text('fields.state'),
            options: STATES.map((value) => ({ value, label: text(`states.${value}`) })),
          },
        ]}
        rowKey={({ id }) => id}
        rowHref={({ id }) => adminPaths.message({ messageId: id })}
        columns={[
          { id: 'subject', header: text('fields.subject'), cell: ({ subject }) => subject },
          { id: 'to', header: text('fields.to'), cell: ({ to }) => to },
          {
            id: 'template',
            header: text('fields.template'),
            cell: ({ template }) => <code className="ui-small">{template}</code>,
          },
          {
            id: 'state',
            header: text('fields.state'),
            cell: ({ state: now }) => <MessageBadge state={now} />,
          },
          {
            id: 'createdAt',
            header: text('fields.createdAt'),
            cell: ({ createdAt }) => <DateText at={createdAt} time />,
          },
        ]}
        empty={
          <EmptyState icon={IconMail} title={text('list.empty')}>
            {text('list.emptyHelp')}
          </EmptyState>
        }
      />
    </>
  );
}
