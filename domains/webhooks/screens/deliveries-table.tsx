import { IconSend } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { DELIVERY_STATES } from '../webhook-words.ts';
import { DeliveryDialog } from './delivery-dialog.tsx';
import { DeliveryBadge, ResultText } from './webhook-badges.tsx';
import { type EndpointView, useWebhooks } from './webhooks-api.ts';

const FILTERS = ['state', 'event'] as const;
const LOOK_AGAIN_MS = 3000;

type Props = { endpoint: EndpointView; mayWrite: boolean };

/** What was sent to an address, newest first. */
export function DeliveriesTable({ endpoint, mayWrite }: Props) {
  const text = useTranslations('webhooks');
  const { query } = useWebhooks();
  const params = useListParams(FILTERS);
  const { state, event, cursor } = params.query;
  const [shown, setShown] = useState<string | null>(null);
  const deliveries = useQuery({
    ...query.deliveries.queryOptions({
      input: {
        id: endpoint.id,
        cursor,
        state: DELIVERY_STATES.find((one) => one === state),
        event: endpoint.events.find((one) => one === event),
      },
    }),
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_AGAIN_MS,
  });
  return (
    <section className="ui-stack ui-gap-3" aria-label={text('deliveries.title')}>
      <h2 className="webhooks-heading">{text('deliveries.title')}</h2>
      <DataTable
        label={text('deliveries.title')}
        query={deliveries}
        params={params}
        filters={[
          {
            name: 'state',
            label: text('deliveries.state'),
            options: DELIVERY_STATES.map((value) => ({
              value,
              label: text(`deliveryStates.${value}`),
            })),
          },
          {
            name: 'event',
            label: text('deliveries.event'),
            options: endpoint.events.map((value) => ({ value, label: value })),
          },
        ]}
        rowKey={({ id }) => id}
        columns={[
          {
            id: 'event',
            header: text('deliveries.event'),
            cell: (delivery) => <code>{delivery.event}</code>,
          },
          {
            id: 'state',
            header: text('deliveries.state'),
            cell: (delivery) => <DeliveryBadge state={delivery.state} />,
          },
          {
            id: 'result',
            header: text('deliveries.result'),
            cell: ({ status, error }) => <ResultText status={status} error={error} />,
          },
          {
            id: 'attempts',
            header: text('deliveries.attempts'),
            align: 'end',
            cell: ({ attempts }) => attempts,
          },
          {
            id: 'createdAt',
            header: text('deliveries.createdAt'),
            cell: ({ createdAt }) => <DateText at={createdAt} time />,
          },
          {
            id: 'next',
            header: text('deliveries.next'),
            cell: ({ nextAttemptAt }) =>
              nextAttemptAt ? <DateText at={nextAttemptAt} time /> : '—',
          },
          {
            id: 'show',
            header: '',
            align: 'end',
            cell: ({ id }) => (
              <Button size="small" tone="quiet" onClick={() => setShown(id)}>
                {text('deliveries.show')}
              </Button>
            ),
          },
        ]}
        empty={
          <EmptyState icon={IconSend} title={text('deliveries.empty')}>
            {text('deliveries.emptyHelp')}
          </EmptyState>
        }
      />
      {shown !== null && (
        <DeliveryDialog
          id={endpoint.id}
          deliveryId={shown}
          mayRepeat={mayWrite && endpoint.isOn}
          onClose={() => setShown(null)}
        />
      )}
    </section>
  );
}
