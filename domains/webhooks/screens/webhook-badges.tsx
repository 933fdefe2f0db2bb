import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';
import type { DeliveryView, EndpointView } from './webhooks-api.ts';

export function EndpointBadge({ endpoint }: { endpoint: EndpointView }) {
  const text = useTranslations('webhooks.states');
  const { isOn, failingSince } = endpoint;
  if (!isOn) return <StatusBadge tone="idle">{text('off')}</StatusBadge>;
  if (failingSince !== null) return <StatusBadge tone="bad">{text('failing')}</StatusBadge>;
  return <StatusBadge tone="good">{text('on')}</StatusBadge>;
}

const TONE = { queued: 'wait', sent: 'good', failed: 'bad' } as const;

export function DeliveryBadge({ state }: Pick<DeliveryView, 'state'>) {
  const text = useTranslations('webhooks.deliveryStates');
  return <StatusBadge tone={TONE[state]}>{text(state)}</StatusBadge>;
}

/** What came back, or why nothing did. */
export function ResultText({ status, error }: Pick<DeliveryView, 'status' | 'error'>) {
  const text = useTranslations('webhooks.errors');
  if (status !== null) return <code>{status}</code>;
  return error === null ? '—' : text(error);
}
