import { useTranslations } from 'use-intl';
import { allowed, useSession } from '#web/panel/session.tsx';
import { Card } from '#web/ui/card.tsx';
import type { PlannedPackage } from '../plan/plan-access.ts';
import { PlanTable } from '../plan/plan-table.tsx';

/** Staff put a client's package on another plan, at the price the client would see. */
export function PlanCard({ subscription }: { subscription: PlannedPackage }) {
  const text = useTranslations('orders.plan');
  const may = allowed(useSession(), 'orders.write');
  if (!may || subscription.state !== 'active') return null;
  return (
    <Card title={text('title')} flush>
      <PlanTable subscription={subscription} by="staff" />
    </Card>
  );
}
