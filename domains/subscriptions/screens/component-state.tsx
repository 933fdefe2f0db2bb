import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { StatusBadge } from '#web/ui/badge.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import type { SubscriptionDetailView } from '../contract.ts';

type Props = {
  component: SubscriptionDetailView['components'][number];
  subscription: SubscriptionDetailView;
};

/** How a component stands, and until when. */
export function ComponentState({ component, subscription }: Props) {
  const text = useTranslations('subscriptions.screen.components');
  const locale = useLocale();
  const { state, endsOn, renews, deletedAt } = component;
  if (state === 'deleted') {
    return (
      <>
        <StatusBadge tone="idle">{text('states.deleted')}</StatusBadge>{' '}
        {deletedAt && <DateText at={deletedAt} />}
      </>
    );
  }
  const end = endsOn ?? (renews ? null : subscription.periodEnd);
  return (
    <>
      <StatusBadge tone={state === 'bought' ? 'good' : 'info'}>
        {text(`states.${state}`)}
      </StatusBadge>
      {end !== null && <> {text('until', { date: formatDate(end, locale) })}</>}
    </>
  );
}
