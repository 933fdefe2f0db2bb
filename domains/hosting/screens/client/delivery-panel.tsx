import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import type { PackageView } from '#web/client/package-panels.ts';
import { Card } from '#web/ui/card.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { Steps } from '#web/ui/steps.tsx';
import { DeliveryBadge } from '../delivery-badge.tsx';
import { type DeliveryView, isUnfinished, useDeliverySteps } from '../delivery-view.ts';

const WATCH_MS = 1000;
const LOOK_AGAIN_MS = 5000;
/** How long what has come is shown as such. */
const SHOWN_MS = 120_000;
/** What an order brings; the rest are changes to what is there. */
const GOODS: readonly string[] = ['package', 'capacity', 'address', 'licence', 'protection'];

/** What is being delivered right now, step by step; it stays to be seen when it is done. */
export function DeliveryPanel({ subscription }: { subscription: PackageView }) {
  const text = useTranslations('hosting.delivery');
  const deliveries = useRecentDeliveries(subscription.id);
  if (deliveries.length === 0) return null;
  const isOver = !deliveries.some(isUnfinished);
  const failed = deliveries.some(({ state }) => state === 'failed');
  const isOrder = deliveries.some(({ kind }) => GOODS.includes(kind));
  const title = isOver ? 'done' : failed ? 'failed' : 'doing';
  return (
    <Card title={text(`${isOrder ? 'titles' : 'changeTitles'}.${title}`)}>
      <Stack gap={6}>
        {deliveries.map((delivery) => (
          <Delivery key={delivery.id} delivery={delivery} subscription={subscription} />
        ))}
        {!isOver && isOrder && <p className="ui-muted ui-small">{text('meanwhile')}</p>}
      </Stack>
    </Card>
  );
}

function Delivery({
  delivery,
  subscription,
}: {
  delivery: DeliveryView;
  subscription: PackageView;
}) {
  const text = useTranslations('hosting.delivery');
  const stepsOf = useDeliverySteps();
  const component = subscription.components.find(({ id }) => id === delivery.entitlementId);
  return (
    <Stack gap={3}>
      <div className="ui-row ui-row-between ui-gap-3">
        <h3>
          {text(`kinds.${delivery.kind}`)}
          {component && component.quantity > 1 && ` × ${component.quantity}`}
        </h3>
        <DeliveryBadge state={delivery.state} />
      </div>
      <Steps steps={stepsOf(delivery)} />
    </Stack>
  );
}

/** Deliveries that are under way or have just ended; the first asked for first. */
function useRecentDeliveries(subscriptionId: string): DeliveryView[] {
  const queries = useQueryClient();
  const { data } = useQuery(
    apiQuery.hosting.package.deliveries.queryOptions({
      input: { subscriptionId },
      refetchInterval: ({ state }) => (state.data?.items.some(isMoving) ? WATCH_MS : LOOK_AGAIN_MS),
    }),
  );
  const all = data?.items ?? [];
  const states = all.map(({ id, state }) => `${id} ${state}`).join();
  useEffect(() => {
    // Each that comes or ends changes what there is on the package.
    void queries.invalidateQueries({ queryKey: apiQuery.hosting.package.get.key() });
    void queries.invalidateQueries({ queryKey: apiQuery.hosting.accounts.key() });
    void queries.invalidateQueries({ queryKey: apiQuery.subscriptions.key() });
    void queries.invalidateQueries({ queryKey: apiQuery.licences.key() });
  }, [states, queries]);
  const asOfMs = Date.parse(data?.asOf ?? '');
  return all
    .filter(({ state, finishedAt }) => {
      if (state === 'cancelled') return false;
      return finishedAt === null || asOfMs - Date.parse(finishedAt) < SHOWN_MS;
    })
    .toReversed();
}

function isMoving({ state }: DeliveryView): boolean {
  return state === 'waiting' || state === 'running';
}
