import { useTranslations } from 'use-intl';
import { DateText } from '#web/ui/date-text.tsx';
import type { Column } from '#web/ui/table.tsx';
import type { SubscriptionView } from '../contract.ts';
import { PackageBadge } from './package-badge.tsx';
import { useWords } from '#web/ui/use-words.ts';

/** The columns of a list of packages, the same for clients and staff. */
export function usePackageColumns(): Column<SubscriptionView>[] {
  const text = useTranslations('subscriptions.screen');
  const words = useWords();
  return [
    { id: 'domain', header: text('domain'), cell: (row) => row.domainTitle },
    {
      id: 'plan',
      header: text('plan'),
      cell: (row) => `${words(row.productName)}, ${words(row.planName)}`,
    },
    { id: 'state', header: text('state'), cell: (row) => <PackageBadge state={row.state} /> },
    {
      id: 'paidUntil',
      header: text('paidUntil'),
      align: 'end',
      cell: (row) => (row.periodEnd ? <DateText on={row.periodEnd} /> : '—'),
    },
  ];
}

export const STATES = ['pending', 'active', 'suspended', 'deleted', 'cancelled'] as const;

/** A state out of the address; anything else filters nothing. */
export function asState(text: string | undefined): SubscriptionView['state'] | undefined {
  return STATES.find((state) => state === text);
}
