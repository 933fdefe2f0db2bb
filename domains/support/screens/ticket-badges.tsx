import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';
import type { TicketPriority, TicketState } from '../support-words.ts';

/** What wants somebody's hand stands out for whoever's turn it is. */
const FOR_STAFF = { open: 'wait', answered: 'good', waiting: 'info', closed: 'idle' } as const;
const FOR_CLIENT = { open: 'idle', answered: 'good', waiting: 'wait', closed: 'idle' } as const;

export function TicketBadge({ state }: { state: TicketState }) {
  const text = useTranslations('support.states');
  return <StatusBadge tone={FOR_STAFF[state]}>{text(state)}</StatusBadge>;
}

export function ClientTicketBadge({ state }: { state: TicketState }) {
  const text = useTranslations('support.clientStates');
  return <StatusBadge tone={FOR_CLIENT[state]}>{text(state)}</StatusBadge>;
}

export function PriorityBadge({ priority }: { priority: TicketPriority }) {
  const text = useTranslations('support.priorities');
  if (priority === 'low' || priority === 'normal') return text(priority);
  return <StatusBadge tone={priority === 'urgent' ? 'bad' : 'wait'}>{text(priority)}</StatusBadge>;
}
