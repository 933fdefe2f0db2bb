import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';
import type { Tone } from '#web/ui/tone.ts';
import type { OrderView } from '../contract.ts';

const TONE: Readonly<Record<OrderView['state'], Tone>> = {
  'awaiting-payment': 'wait',
  locked: 'bad',
  delivering: 'info',
  done: 'good',
  cancelled: 'idle',
};

/** How an order stands, as icon and word. */
export function OrderBadge({ state }: Pick<OrderView, 'state'>) {
  const text = useTranslations('orders.screen.states');
  return <StatusBadge tone={TONE[state]}>{text(state)}</StatusBadge>;
}
