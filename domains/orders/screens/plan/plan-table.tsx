import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { formatBytes, megabytes } from '#domains/hosting/screens/format-bytes.ts';
import { StatusBadge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Money } from '#web/ui/money.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';
import { useWords } from '#web/ui/use-words.ts';
import { planQueries } from './plan-access.ts';
import type { By, PlannedPackage, PlanOfferView } from './plan-access.ts';
import { PlanChangeDialog } from './plan-change-dialog.tsx';

type Props = { subscription: PlannedPackage; by: By };

/** The plans of the package's product side by side, its own marked, the others with a button. */
export function PlanTable({ subscription, by }: Props) {
  const text = useTranslations('orders.plan');
  const words = useWords();
  const locale = useLocale();
  const [chosen, setChosen] = useState<PlanOfferView | null>(null);
  const input = { subscriptionId: subscription.id };
  const query = useQuery(planQueries(by).list.queryOptions({ input }));
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <CardSkeleton />;
  return (
    <>
      <Table
        label={text('title')}
        rows={query.data.items}
        rowKey={({ planId }) => planId}
        columns={[
          { id: 'name', header: text('name'), cell: ({ name }) => <strong>{words(name)}</strong> },
          {
            id: 'limits',
            header: text('limits'),
            cell: ({ limits: { accounts, diskMb } }) =>
              text('room', { accounts, disk: formatBytes(megabytes(diskMb), locale) }),
          },
          {
            id: 'price',
            header: text('price'),
            align: 'end',
            cell: ({ monthlyMinor, currency }) => (
              <span className="ui-nowrap">
                {text.rich('perMonth', {
                  price: () => <Money minor={monthlyMinor} currency={currency} />,
                })}
              </span>
            ),
          },
          {
            id: 'choose',
            header: '',
            align: 'end',
            cell: (offer) =>
              offer.planId === subscription.planId ? (
                <StatusBadge tone="info">{text('present')}</StatusBadge>
              ) : (
                <Button size="small" onClick={() => setChosen(offer)}>
                  {text('choose', { name: words(offer.name) })}
                </Button>
              ),
          },
        ]}
      />
      {chosen && (
        <PlanChangeDialog
          subscription={subscription}
          by={by}
          offer={chosen}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  );
}
