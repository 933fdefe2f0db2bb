import { IconLock } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { EmptyState } from '../ui/empty-state.tsx';

/** A screen whose permission this user lacks. */
export function Forbidden() {
  const text = useTranslations('shell');
  return (
    <EmptyState page icon={IconLock} title={text('forbidden.title')}>
      {text('forbidden.words')}
    </EmptyState>
  );
}
