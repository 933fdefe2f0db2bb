import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { allowed, useSession } from '#web/panel/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';
import { CreateWebhook } from './create-webhook.tsx';
import { EndpointBadge } from './webhook-badges.tsx';
import { useWebhooks } from './webhooks-api.ts';
import './webhooks.css';

/** Addresses that hear of events. */
export function WebhooksPage() {
  const text = useTranslations('webhooks.list');
  const { side, query, path } = useWebhooks();
  const session = useSession();
  const mayWrite = side === 'client' || allowed(session, 'webhooks.write');
  const list = useQuery(query.list.queryOptions({ input: {} }));
  const [creating, setCreating] = useState(false);
  const create = mayWrite && (
    <Button tone="primary" icon={IconPlus} onClick={() => setCreating(true)}>
      {text('create')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={text('title')}
        lead={text(side === 'client' ? 'lead' : 'staffLead')}
        actions={create}
      />
      {list.error && <FailureCallout error={list.error} onRetry={list.refetch} />}
      {list.isPending && <CardSkeleton />}
      {list.data && (
        <Card flush>
          {list.data.items.length === 0 ? (
            <EmptyState icon={IconWebhook} title={text('empty')}>
              {text('emptyHelp')}
            </EmptyState>
          ) : (
            <Table
              label={text('title')}
              rows={list.data.items}
              rowKey={({ id }) => id}
              rowHref={({ id }) => path({ endpointId: id })}
              columns={[
                {
                  id: 'url',
                  header: text('url'),
                  cell: ({ url, description }) => (
                    <>
                      <code className="webhooks-url">{url}</code>
                      {description && <div className="ui-muted ui-small">{description}</div>}
                    </>
                  ),
                },
                {
                  id: 'events',
                  header: text('events'),
                  cell: ({ events }) => text('count', { count: events.length }),
                },
                {
                  id: 'state',
                  header: text('state'),
                  cell: (endpoint) => <EndpointBadge endpoint={endpoint} />,
                },
                {
                  id: 'createdAt',
                  header: text('createdAt'),
                  cell: ({ createdAt }) => <DateText at={createdAt} />,
                },
              ]}
            />
          )}
        </Card>
      )}
      <CreateWebhook
        open={creating}
        events={list.data?.events ?? []}
        onClose={() => setCreating(false)}
      />
    </>
  );
}
