import { useTranslations } from 'use-intl';
import type { PackageView } from '#web/client/package-panels.ts';
import { Card } from '#web/ui/card.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { AwaitedPlan } from './awaited-plan.tsx';
import { PlanTable } from './plan-table.tsx';

/** The plans of a running package, and the order for another one that waits for money. */
export function PlanPanel({ subscription }: { subscription: PackageView }) {
  const text = useTranslations('orders.plan');
  if (subscription.state !== 'active') return null;
  return (
    <Stack>
      <AwaitedPlan subscriptionId={subscription.id} />
      <Card title={text('title')} flush>
        <PlanTable subscription={subscription} by="client" />
      </Card>
    </Stack>
  );
}
