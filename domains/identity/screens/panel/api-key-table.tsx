import { useTranslations } from 'use-intl';
import type { ApiClient } from '#web/api.ts';
import { StatusBadge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Table } from '#web/ui/table.tsx';

type List = Awaited<ReturnType<ApiClient['identity']['apiKeys']['list']>>;
export type ApiKeyRow = List['items'][number];

type Props = { rows: readonly ApiKeyRow[]; onRevoke: (row: ApiKeyRow) => void };

export function ApiKeyTable({ rows, onRevoke }: Props) {
  const text = useTranslations('identity.apiKeys');
  return (
    <Table
      label={text('title')}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { id: 'name', header: text('name'), cell: ({ name }) => name },
        { id: 'prefix', header: text('key'), cell: ({ prefix }) => <code>{prefix}…</code> },
        { id: 'scopes', header: text('scopes'), cell: ({ scopes }) => scopes.join(', ') },
        {
          id: 'lastUsed',
          header: text('lastUsed'),
          cell: ({ lastUsedAt }) =>
            lastUsedAt ? <DateText at={lastUsedAt} time /> : text('never'),
        },
        { id: 'state', header: text('state'), cell: (row) => <KeyState row={row} /> },
        {
          id: 'revoke',
          header: text('action'),
          align: 'end',
          cell: (row) =>
            row.state === 'live' && (
              <Button size="small" tone="quiet" onClick={() => onRevoke(row)}>
                {text('revoke')}
              </Button>
            ),
        },
      ]}
    />
  );
}

function KeyState({ row: { state, expiresAt } }: { row: ApiKeyRow }) {
  const text = useTranslations('identity.apiKeys');
  if (state !== 'live') return <StatusBadge tone="idle">{text(state)}</StatusBadge>;
  if (expiresAt === null) return <StatusBadge tone="good">{text('live')}</StatusBadge>;
  return (
    <StatusBadge tone="good">
      {text('until')} <DateText at={expiresAt} />
    </StatusBadge>
  );
}
