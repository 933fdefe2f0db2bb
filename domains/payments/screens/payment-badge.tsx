import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';
import type { Tone } from '#web/ui/tone.ts';
import type { PaymentWire } from '../contract.ts';

const TONE: Readonly<Record<PaymentWire['state'], Tone>> = {
  starting: 'wait',
  pending: 'wait',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'idle',
};

export function PaymentBadge({ state }: Pick<PaymentWire, 'state'>) {
  const text = useTranslations('payments.states');
  return <StatusBadge tone={TONE[state]}>{text(state)}</StatusBadge>;
}
