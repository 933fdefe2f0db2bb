import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';
import type { Tone } from '#web/ui/tone.ts';
import type { RefundWire } from '../refund-contract.ts';

const TONE: Readonly<Record<RefundWire['state'], Tone>> = {
  asked: 'wait',
  done: 'good',
  failed: 'bad',
};

export function RefundBadge({ state }: Pick<RefundWire, 'state'>) {
  const text = useTranslations('payments.refunds.states');
  return <StatusBadge tone={TONE[state]}>{text(state)}</StatusBadge>;
}
