import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';

export function ClientState({ state }: { state: 'active' | 'closed' }) {
  const text = useTranslations('clients.list.states');
  return <StatusBadge tone={state === 'active' ? 'good' : 'idle'}>{text(state)}</StatusBadge>;
}
