import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';

export function NodeBadge({ state }: { state: 'open' | 'closed' }) {
  const text = useTranslations('hosting.nodes');
  return (
    <StatusBadge tone={state === 'open' ? 'good' : 'idle'}>{text(`states.${state}`)}</StatusBadge>
  );
}
