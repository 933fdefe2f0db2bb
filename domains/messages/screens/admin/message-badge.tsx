import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';
import type { MessageWire } from '../../contract.ts';

const TONE = { queued: 'wait', sent: 'good', failed: 'bad' } as const;

export function MessageBadge({ state }: Pick<MessageWire, 'state'>) {
  const text = useTranslations('messages.states');
  return <StatusBadge tone={TONE[state]}>{text(state)}</StatusBadge>;
}
