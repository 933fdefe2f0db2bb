import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { allowed, useSession } from '#web/panel/session.tsx';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { clientPaths } from '#web/paths.ts';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { DeliveriesTable } from './deliveries-table.tsx';
import { EndpointActions } from './endpoint-actions.tsx';
import { EndpointForm } from './endpoint-form.tsx';
import { EndpointBadge } from './webhook-badges.tsx';
import { type EndpointView, type OfferedEvent, useWebhooks } from './webhooks-api.ts';
import './webhooks.css';

const LOOK_AGAIN_MS = 10_000;

/** One address: what was sent to it, and what it wants to hear. */
export function WebhookPage() {
  const { query } = useWebhooks();
  // It has one name at both places.
  const { endpointId } = usePathParams(clientPaths.webhook);
  const endpoint = useQuery({
    ...query.get.queryOptions({ input: { id: endpointId } }),
    refetchInterval: LOOK_AGAIN_MS,
  });
  const list = useQuery(query.list.queryOptions({ input: {} }));
  const failed = endpoint.error ? endpoint : list.error ? list : null;
  if (failed) return <FailureCallout error={failed.error} onRetry={failed.refetch} />;
  if (!endpoint.data || !list.data) return <PageSkeleton />;
  return <WebhookScreen endpoint={endpoint.data} events={list.data.events} />;
}

type Props = { endpoint: EndpointView; events: readonly OfferedEvent[] };

function WebhookScreen({ endpoint, events }: Props) {
  const text = useTranslations('webhooks');
  const { side, listHref } = useWebhooks();
  const session = useSession();
  const mayWrite = side === 'client' || allowed(session, 'webhooks.write');
  const { host } = new URL(endpoint.url);
  return (
    <>
      <PageHeader
        title={endpoint.description || host}
        status={<EndpointBadge endpoint={endpoint} />}
        crumbs={[{ label: text('list.title'), href: listHref }]}
        actions={mayWrite && <EndpointActions endpoint={endpoint} />}
      />
      <Stack>
        {endpoint.offCause !== null && (
          <Callout
            tone={endpoint.offCause === 'owner' ? 'info' : 'bad'}
            title={text('page.offTitle')}
          >
            {text(`page.off.${endpoint.offCause}`)}
          </Callout>
        )}
        <Facts endpoint={endpoint} />
        <DeliveriesTable endpoint={endpoint} mayWrite={mayWrite} />
        {mayWrite && (
          <Card title={text('form.settings')}>
            <EndpointForm
              key={`${endpoint.isOn} ${endpoint.url} ${endpoint.events.join()}`}
              endpoint={endpoint}
              events={events}
            />
          </Card>
        )}
      </Stack>
    </>
  );
}

function Facts({ endpoint }: { endpoint: EndpointView }) {
  const text = useTranslations('webhooks');
  const { failingSince, previousSecretUntil: until } = endpoint;
  return (
    <Card title={text('page.facts')}>
      <KeyValue
        facts={[
          {
            label: text('list.url'),
            value: <code className="webhooks-url">{endpoint.url}</code>,
          },
          {
            label: text('list.events'),
            value: text('list.count', { count: endpoint.events.length }),
          },
          { label: text('list.createdAt'), value: <DateText at={endpoint.createdAt} time /> },
          endpoint.isOn &&
            failingSince !== null && {
              label: text('page.failing'),
              value: <DateText at={failingSince} time />,
            },
          until !== null && {
            label: text('page.overlap'),
            value: <DateText at={until} time />,
          },
        ]}
      />
    </Card>
  );
}
