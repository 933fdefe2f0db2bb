import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { Money } from '#web/ui/money.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { useFailureText, useRefusalText } from '#web/ui/refusal-text.ts';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { useToast } from '#web/ui/toast.tsx';
import type { StaffOrderView } from '../../contract.ts';
import { OrderBadge } from '../order-badge.tsx';
import { useWords } from '#web/ui/use-words.ts';

const LOOK_AGAIN_MS = 5000;

/** One order with what it waits for, and retrying or cancelling it. */
export function StaffOrderPage() {
  const { orderId } = usePathParams(adminPaths.order);
  const query = useQuery(
    apiQuery.orders.staffGet.queryOptions({
      input: { id: orderId },
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
  if (query.data) return <OrderScreen order={query.data} />;
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  return <PageSkeleton />;
}

function OrderScreen({ order }: { order: StaffOrderView }) {
  const text = useTranslations('orders.screen');
  const words = useWords();
  const refusalText = useRefusalText();
  return (
    <>
      <PageHeader
        title={order.domainTitle}
        lead={text(`kinds.${order.kind}`, { title: words(order.title) })}
        crumbs={[{ label: text('title'), href: adminPaths.orders() }]}
        status={<OrderBadge state={order.state} />}
        actions={<Actions order={order} />}
      />
      <Stack>
        {order.lockReason && (
          <Callout tone="wait" title={text(order.kind === 'plan' ? 'lockedPlan' : 'lockedStaff')}>
            {refusalText({ code: order.lockReason })}
          </Callout>
        )}
        <Facts order={order} />
      </Stack>
    </>
  );
}

function Facts({ order }: { order: StaffOrderView }) {
  const text = useTranslations('orders.screen');
  const { subscriptionId, clientId, invoiceId } = order;
  return (
    <Card title={text('facts')}>
      <KeyValue
        facts={[
          {
            label: text('total'),
            value: <Money minor={order.totalMinor} currency={order.currency} />,
          },
          { label: text('placed'), value: <DateText at={order.placedAt} time /> },
          order.expiresAt !== null &&
            order.state === 'awaiting-payment' && {
              label: text('expires'),
              value: <DateText at={order.expiresAt} time />,
            },
          order.doneAt !== null && {
            label: text('done'),
            value: <DateText at={order.doneAt} time />,
          },
          order.cancelledAt !== null && {
            label: text('cancelled'),
            value: <DateText at={order.cancelledAt} time />,
          },
          { label: text('origin'), value: text(`origins.${order.origin}`) },
          {
            label: text('package'),
            value: <Link href={adminPaths.package({ subscriptionId })}>{order.domainTitle}</Link>,
          },
          {
            label: text('client'),
            value: <Link href={adminPaths.client({ clientId })}>{order.clientName}</Link>,
          },
          invoiceId !== null && {
            label: text('invoice'),
            value: (
              <Link href={adminPaths.invoice({ invoiceId })}>
                {order.invoiceNumber ?? invoiceId}
              </Link>
            ),
          },
        ]}
      />
    </Card>
  );
}

function Actions({ order }: { order: StaffOrderView }) {
  const text = useTranslations('orders.screen');
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const failureText = useFailureText();
  const say = useToast();
  const retry = useMutation({
    mutationFn: () => api.orders.staffRetry({ id: order.id }),
    onSuccess: (after) => {
      if (after.state === 'locked') say(text('stillLocked'), 'info');
      void queries.invalidateQueries();
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  const isOpen = order.state === 'awaiting-payment' || order.state === 'locked';
  return (
    <>
      {isOpen && (
        <Button tone="danger" onClick={() => setAsking(true)}>
          {text('cancel')}
        </Button>
      )}
      {order.state === 'locked' && (
        <Button tone="primary" busy={retry.isPending} onClick={() => retry.mutate()}>
          {text('retry')}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={text('cancelTitle')}
        confirm={text('cancel')}
        onConfirm={async () => {
          await api.orders.staffCancel({ id: order.id });
          await queries.invalidateQueries();
        }}
      >
        {text(cancelWords(order))}
      </ConfirmDialog>
    </>
  );
}

/** Of a change of the plan nothing is charged before it is carried out. */
function cancelWords({ kind, state }: StaffOrderView) {
  if (kind === 'plan') return 'cancelPlan';
  return state === 'locked' ? 'cancelPaid' : 'cancelUnpaid';
}
