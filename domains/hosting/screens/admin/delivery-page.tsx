import { IconRefresh } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { Steps } from '#web/ui/steps.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { DeliveryBadge } from '../delivery-badge.tsx';
import { isUnfinished, type StaffDelivery, useDeliverySteps } from '../delivery-view.ts';

const WATCH_MS = 1500;

/** One delivery with its steps and the server's own words; tried again from here. */
export function DeliveryPage() {
  const { deliveryId } = usePathParams(adminPaths.delivery);
  const query = useQuery(
    apiQuery.hosting.admin.deliveries.get.queryOptions({
      input: { id: deliveryId },
      refetchInterval: ({ state }) => (state.data && isUnfinished(state.data) ? WATCH_MS : false),
    }),
  );
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <PageSkeleton />;
  return <DeliveryScreen delivery={query.data} />;
}

type Props = { delivery: StaffDelivery };

function DeliveryScreen({ delivery }: Props) {
  const text = useTranslations('hosting.delivery');
  const stepsOf = useDeliverySteps();
  const { retry, busy, mayRetry } = useRetry(delivery);
  const { kind, state, domainName, lastError, steps } = delivery;
  return (
    <>
      <PageHeader
        title={text('titleOf', { kind: text(`kinds.${kind}`), domain: domainName })}
        crumbs={[{ label: text('list'), href: adminPaths.deliveries() }]}
        status={<DeliveryBadge state={state} />}
        actions={
          mayRetry && (
            <Button tone="primary" icon={IconRefresh} busy={busy} onClick={() => void retry()}>
              {text('retry')}
            </Button>
          )
        }
      />
      <Columns main>
        <Stack>
          {state === 'failed' && lastError && (
            <Callout tone="bad" title={text('refusedTitle')}>
              {lastError}
            </Callout>
          )}
          <Card title={text('stepsTitle')}>
            <Steps steps={stepsOf(delivery, (index) => steps[index]?.message ?? null)} />
          </Card>
        </Stack>
        <Facts delivery={delivery} />
      </Columns>
    </>
  );
}

function useRetry({ id, state, waitsFor }: StaffDelivery) {
  const session = useSession();
  const queries = useQueryClient();
  const say = useToast();
  const failureText = useFailureText();
  const [busy, setBusy] = useState(false);
  const isIdle = state === 'failed' || (state === 'waiting' && waitsFor !== 'package');
  async function retry() {
    setBusy(true);
    try {
      await api.hosting.admin.deliveries.retry({ id });
    } catch (error) {
      say(failureText(error), 'bad');
    }
    await queries.invalidateQueries({ queryKey: apiQuery.hosting.admin.deliveries.key() });
    setBusy(false);
  }
  return { retry, busy, mayRetry: isIdle && allowed(session, 'deliveries.retry') };
}

function Facts({ delivery }: Props) {
  const text = useTranslations('hosting.delivery');
  const { subscriptionId, clientId, orderId, attempts, nextAttemptAt, finishedAt } = delivery;
  return (
    <Card title={text('facts')}>
      <KeyValue
        facts={[
          {
            label: text('package'),
            value: <Link href={adminPaths.package({ subscriptionId })}>{delivery.domainName}</Link>,
          },
          {
            label: text('client'),
            value: <Link href={adminPaths.client({ clientId })}>{clientId}</Link>,
          },
          orderId !== null && {
            label: text('order'),
            value: <Link href={adminPaths.order({ orderId })}>{orderId}</Link>,
          },
          { label: text('created'), value: <DateText at={delivery.createdAt} time /> },
          finishedAt !== null && {
            label: text('finished'),
            value: <DateText at={finishedAt} time />,
          },
          attempts > 0 && { label: text('attempts'), value: attempts },
          nextAttemptAt !== null &&
            delivery.state === 'waiting' && {
              label: text('nextAttempt'),
              value: <DateText at={nextAttemptAt} time />,
            },
        ]}
      />
    </Card>
  );
}
