import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';
import { DELIVERY_TONE, type DeliveryView } from './delivery-view.ts';

export function DeliveryBadge({ state }: Pick<DeliveryView, 'state'>) {
  const text = useTranslations('hosting.delivery');
  return <StatusBadge tone={DELIVERY_TONE[state]}>{text(`states.${state}`)}</StatusBadge>;
}
