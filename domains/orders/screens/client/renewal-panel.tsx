import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import type { PackageView } from '#web/client/package-panels.ts';
import { clientPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Row, Stack } from '#web/ui/layout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { Money } from '#web/ui/money.tsx';
import { useFailureText, useRefusalText } from '#web/ui/refusal-text.ts';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { useToast } from '#web/ui/toast.tsx';
import type { OrderView } from '../../contract.ts';
import { QuoteLines } from '../quote-lines.tsx';
import { StayingLines } from './staying-lines.tsx';
import { RenewDialog } from './renew-dialog.tsx';

type Props = { subscription: PackageView };

/** Payments and components change it while it is looked at. */
const LOOK_AGAIN_MS = 5000;

/** The next renewal with each line, the order for it if there is one, and renewing now. */
export function RenewalPanel({ subscription }: Props) {
  const text = useTranslations('orders.screen.renewal');
  const refusalText = useRefusalText();
  const [open, setOpen] = useState(false);
  const isLive = subscription.state === 'active' || subscription.state === 'suspended';
  const query = useQuery(
    apiQuery.orders.nextRenewal.queryOptions({
      input: { subscriptionId: subscription.id },
      enabled: isLive,
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
  if (!isLive) return null;
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <CardSkeleton />;
  const { quote, order, refused, stoppedAt, billingDay, stays } = query.data;
  return (
    <Card title={text('title')}>
      <Stack>
        {quote && <StayingLines {...{ subscription, quote, stays }} />}
        {quote && <QuoteLines quote={quote} />}
        {refused && (
          <Callout tone="wait" title={stoppedAt ? text('stoppedTitle') : undefined}>
            {refusalText({ code: refused })} {stoppedAt && text('stoppedClient')}
          </Callout>
        )}
        {order && <OpenRenewal order={order} />}
        <Row gap={2}>
          {order?.state === 'awaiting-payment' && <PayButton order={order} />}
          {quote && (!order || order.state === 'awaiting-payment') && (
            <Button tone={order ? 'plain' : 'primary'} onClick={() => setOpen(true)}>
              {text(order ? 'change' : 'open')}
            </Button>
          )}
        </Row>
      </Stack>
      {open && <RenewDialog {...{ subscription, billingDay }} onClose={() => setOpen(false)} />}
    </Card>
  );
}

/** A merged invoice costs more than this package: what to pay is said there. */
function PayButton({ order }: { order: OrderView }) {
  const text = useTranslations('orders.screen.renewal');
  const { invoiceId, totalMinor, currency, isMerged } = order;
  if (!invoiceId) return null;
  return (
    <LinkButton
      tone="primary"
      href={clientPaths.invoice({ invoiceId })}
      amount={isMerged ? undefined : <Money minor={totalMinor} currency={currency} />}
    >
      {text(isMerged ? 'openInvoice' : 'pay')}
    </LinkButton>
  );
}

function OpenRenewal({ order }: { order: OrderView }) {
  const text = useTranslations('orders.screen.renewal');
  const failureText = useFailureText();
  const say = useToast();
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: (what: 'cancel' | 'retry') => api.orders[what]({ id: order.id }),
    onSuccess: () => queries.invalidateQueries(),
    onError: (error) => say(failureText(error), 'bad'),
  });
  if (order.state === 'locked') {
    return (
      <Callout
        tone="wait"
        title={text('locked')}
        actions={
          <>
            <Button size="small" busy={act.isPending} onClick={() => act.mutate('retry')}>
              {text('retry')}
            </Button>
            <Button size="small" tone="quiet" onClick={() => act.mutate('cancel')}>
              {text('cancelPaid')}
            </Button>
          </>
        }
      >
        {text('lockedWords')}
      </Callout>
    );
  }
  return (
    <Callout
      tone="info"
      actions={
        <Button size="small" tone="quiet" busy={act.isPending} onClick={() => act.mutate('cancel')}>
          {text(order.isMerged ? 'cancelMerged' : 'cancel')}
        </Button>
      }
    >
      {order.isMerged
        ? text('mergedWords')
        : text(order.origin === 'auto' ? 'invoicedAuto' : 'invoiced')}
    </Callout>
  );
}
