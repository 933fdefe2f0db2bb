import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { apiQuery } from '#web/api-query.ts';
import type { PackageView } from '#web/client/package-panels.ts';
import { clientPaths } from '#web/paths.ts';
import { Callout } from '#web/ui/callout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';

/** What must be done about a package that does not simply run, and by when. */
export function PackageCallout({ subscription }: { subscription: PackageView }) {
  const text = useTranslations('subscriptions.screen.callout');
  const locale = useLocale();
  const { state, suspendedFor, deletionOn } = subscription;
  if (state === 'pending') return <PendingCallout subscription={subscription} />;
  if (state === 'suspended') {
    const date = deletionOn ? formatDate(deletionOn, locale) : '';
    return (
      <Callout tone="bad" title={text(`suspended.${suspendedFor ?? 'unpaid'}.title`)}>
        {text(`suspended.${suspendedFor ?? 'unpaid'}.words`, { date })}
      </Callout>
    );
  }
  if (state === 'deleted') return <Callout tone="info">{text('deleted')}</Callout>;
  if (state === 'cancelled') return <Callout tone="info">{text('cancelled')}</Callout>;
  return null;
}

function PendingCallout({ subscription }: { subscription: PackageView }) {
  const text = useTranslations('subscriptions.screen.callout');
  const query = useQuery(
    apiQuery.orders.list.queryOptions({ input: { subscriptionId: subscription.id } }),
  );
  const order = query.data?.items[0];
  if (order?.state === 'locked') {
    return (
      <Callout tone="wait" title={text('locked.title')}>
        {text('locked.words')}
      </Callout>
    );
  }
  return (
    <Callout
      tone="wait"
      title={text('pending.title')}
      actions={
        order?.invoiceId && (
          <LinkButton tone="primary" href={clientPaths.invoice({ invoiceId: order.invoiceId })}>
            {text('pending.pay')}
          </LinkButton>
        )
      }
    >
      {text('pending.words')}
    </Callout>
  );
}
