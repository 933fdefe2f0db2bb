import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { deviceName } from './device-name.ts';

/** Where the person is signed in, and the way to end it. */
export function SessionsCard() {
  const text = useTranslations('identity.security');
  const say = useToast();
  const queries = useQueryClient();
  const sessions = useQuery(apiQuery.identity.sessions.list.queryOptions({ input: {} }));
  const reload = () => queries.invalidateQueries({ queryKey: apiQuery.identity.sessions.key() });
  async function end(id: string) {
    await api.identity.sessions.revoke({ id });
    await reload();
    say(text('sessions.ended'));
  }
  async function endOthers() {
    await api.identity.sessions.revokeOthers({});
    await reload();
    say(text('sessions.othersEnded'));
  }
  if (sessions.error) return <FailureCallout error={sessions.error} onRetry={sessions.refetch} />;
  if (!sessions.data) return <CardSkeleton />;
  const { items } = sessions.data;
  return (
    <Card
      title={text('sessions.title')}
      flush
      actions={
        items.length > 1 && (
          <Button size="small" onClick={() => void endOthers()}>
            {text('sessions.endOthers')}
          </Button>
        )
      }
    >
      <Table
        label={text('sessions.title')}
        rows={items}
        rowKey={({ id }) => id}
        columns={[
          {
            id: 'device',
            header: text('sessions.device'),
            cell: ({ userAgent, current }) => (
              <>
                {deviceName(userAgent) || text('sessions.unknown')}{' '}
                {current && <Badge>{text('sessions.current')}</Badge>}
              </>
            ),
          },
          { id: 'address', header: text('sessions.address'), cell: ({ address }) => address },
          {
            id: 'since',
            header: text('sessions.since'),
            cell: ({ createdAt }) => <DateText at={createdAt} time />,
          },
          {
            id: 'end',
            header: text('sessions.action'),
            align: 'end',
            cell: ({ id, current }) =>
              !current && (
                <Button size="small" tone="quiet" onClick={() => void end(id)}>
                  {text('sessions.end')}
                </Button>
              ),
          },
        ]}
      />
    </Card>
  );
}
