import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';
import type { Tone } from '#web/ui/tone.ts';
import type { SubscriptionView } from '../contract.ts';

const TONE: Readonly<Record<SubscriptionView['state'], Tone>> = {
  pending: 'wait',
  active: 'good',
  suspended: 'bad',
  deleted: 'idle',
  cancelled: 'idle',
};

/** How a package stands, as icon and word. */
export function PackageBadge({ state }: Pick<SubscriptionView, 'state'>) {
  const text = useTranslations('subscriptions.screen.states');
  return <StatusBadge tone={TONE[state]}>{text(state)}</StatusBadge>;
}
