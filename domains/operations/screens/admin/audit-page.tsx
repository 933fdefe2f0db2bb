import { IconHistory } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { useAddress } from '#web/ui/address.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { AuditDialog } from './audit-dialog.tsx';
import { type AuditEntry, useActorWords } from './audit-entry.ts';

const KINDS = ['staff', 'client', 'anonymous', 'system'] as const;

/** Who changed what and when; a row opens what was sent. All of it is kept in the address. */
export function AuditPage() {
  const text = useTranslations('operations.audit');
  const params = useListParams(['actorKind'] as const);
  const address = useAddress();
  const actorWords = useActorWords();
  const { search, cursor, actorKind } = params.query;
  const entries = useQuery({
    ...apiQuery.operations.audit.queryOptions({
      input: {
        cursor,
        actorKind: KINDS.find((one) => one === actorKind),
        ...searched(search),
      },
    }),
    placeholderData: keepPreviousData,
  });
  const opened = address.search.get('entry');
  const entry = entries.data?.items.find(({ id }) => id === opened);
  return (
    <>
      <PageHeader title={text('title')} lead={text('about')} />
      <DataTable<AuditEntry, 'actorKind'>
        label={text('title')}
        query={entries}
        params={params}
        search={text('search')}
        filters={[
          {
            name: 'actorKind',
            label: text('kind'),
            options: KINDS.map((value) => ({ value, label: text(`kinds.${value}`) })),
          },
        ]}
        rowKey={({ id }) => id}
        rowHref={({ id }) => address.hrefWith({ entry: id })}
        columns={[
          {
            id: 'operation',
            header: text('operation'),
            cell: ({ operation }) => <code className="ui-small">{operation}</code>,
          },
          { id: 'actor', header: text('actor'), cell: actorWords },
          {
            id: 'subject',
            header: text('subject'),
            cell: ({ subjectId }) =>
              subjectId === null ? '—' : <code className="ui-small">{subjectId}</code>,
          },
          { id: 'at', header: text('at'), cell: ({ at }) => <DateText at={at} time /> },
        ]}
        empty={
          <EmptyState icon={IconHistory} title={text('empty')}>
            {text('emptyHelp')}
          </EmptyState>
        }
      />
      {entry && <AuditDialog entry={entry} onClose={() => address.setSearch({ entry: null })} />}
    </>
  );
}

/** One field for three things: what an id looks like tells whose it is. */
function searched(words: string | undefined) {
  if (!words) return {};
  if (words.startsWith('usr_')) return { actorId: words };
  return /^[a-z]{2,4}_/.test(words) ? { subjectId: words } : { operation: words };
}
