import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Row, Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { useFailureText, useRefusalText } from '#web/ui/refusal-text.ts';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { useToast } from '#web/ui/toast.tsx';
import type { NextRenewalView, OrderView } from '../../contract.ts';
import { BillingDayDialog } from './billing-day-dialog.tsx';
import { OrderBadge } from '../order-badge.tsx';
import { QuoteLines } from '../quote-lines.tsx';

type Props = { subscription: { id: string; state: string } };

/** The next renewal as its holder sees it; one that stands still, with a button to go on. */
export function RenewalCard({ subscription: { id, state } }: Props) {
  const text = useTranslations('orders.screen.renewal');
  const may = allowed(useSession(), 'orders.read');
  const isLive = state === 'active' || state === 'suspended';
  const query = useQuery(
    apiQuery.orders.staffNextRenewal.queryOptions({
      input: { subscriptionId: id },
      enabled: may && isLive,
    }),
  );
  if (!may || !isLive) return null;
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <CardSkeleton />;
  const { quote, order } = query.data;
  return (
    <Card title={text('title')}>
      <Stack>
        <Stopped id={id} renewal={query.data} />
        {quote && <QuoteLines quote={quote} />}
        {order && <OrderRow order={order} />}
        <ToBillingDay id={id} renewal={query.data} />
      </Stack>
    </Card>
  );
}

function ToBillingDay({ id, renewal }: { id: string; renewal: NextRenewalView }) {
  const text = useTranslations('orders.screen.renewal');
  const locale = useLocale();
  const may = allowed(useSession(), 'orders.write');
  const [open, setOpen] = useState(false);
  const { billingDay, order } = renewal;
  const isFree = !order || order.state === 'awaiting-payment';
  if (!billingDay || !may || !isFree) return null;
  const until = formatDate(billingDay, locale);
  return (
    <>
      <Row>
        <Button onClick={() => setOpen(true)}>{text('toBillingDay', { until })}</Button>
      </Row>
      {open && (
        <BillingDayDialog subscriptionId={id} until={billingDay} onClose={() => setOpen(false)} />
      )}
    </>
  );
}

function OrderRow({ order }: { order: OrderView }) {
  const text = useTranslations('orders.screen.renewal');
  const { id, invoiceId, isMerged, state } = order;
  return (
    <Row gap={3}>
      <OrderBadge state={state} />
      <Link href={adminPaths.order({ orderId: id })}>{text('order')}</Link>
      {invoiceId && (
        <Link href={adminPaths.invoice({ invoiceId })}>
          {text(isMerged ? 'mergedInvoice' : 'invoice')}
        </Link>
      )}
    </Row>
  );
}

function Stopped({ id, renewal }: { id: string; renewal: NextRenewalView }) {
  const text = useTranslations('orders.screen.renewal');
  const refusalText = useRefusalText();
  const failureText = useFailureText();
  const say = useToast();
  const queries = useQueryClient();
  const may = allowed(useSession(), 'orders.write');
  const retry = useMutation({
    mutationFn: () => api.orders.retryRenewal({ subscriptionId: id }),
    onSuccess: () => queries.invalidateQueries(),
    onError: (error) => say(failureText(error), 'bad'),
  });
  const { stoppedAt, refused } = renewal;
  const why = refused && refusalText({ code: refused });
  if (!stoppedAt) return why && <Callout tone="wait">{why}</Callout>;
  return (
    <Callout
      tone="wait"
      title={
        <>
          {text('stopped')} <DateText at={stoppedAt} />
        </>
      }
      actions={
        may && (
          <Button size="small" busy={retry.isPending} onClick={() => retry.mutate()}>
            {text('goOn')}
          </Button>
        )
      }
    >
      {why} {text('stoppedStaff')}
    </Callout>
  );
}
