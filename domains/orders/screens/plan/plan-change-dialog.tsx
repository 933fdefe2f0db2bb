import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { failureOf } from '#web/ui/refusal.ts';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { useWords } from '#web/ui/use-words.ts';
import { planQueries } from './plan-access.ts';
import type { By, PlannedPackage, PlanOfferView } from './plan-access.ts';
import { PlanChangeForm } from './plan-change-form.tsx';

type Props = { subscription: PlannedPackage; by: By; offer: PlanOfferView; onClose: () => void };

/** The exact price and how it comes about, before the click that changes the plan. */
export function PlanChangeDialog({ subscription, by, offer, onClose }: Props) {
  const text = useTranslations('orders.plan');
  const words = useWords();
  const [drop, setDrop] = useState<string[]>([]);
  const input = { subscriptionId: subscription.id, planId: offer.planId, drop };
  const query = useQuery({
    ...planQueries(by).quote.queryOptions({ input }),
    retry: false,
    // A price is of the moment it is asked for.
    staleTime: 0,
  });
  const missing = missingIn(query.error);
  return (
    <Dialog open onClose={onClose} title={text('dialog', { name: words(offer.name) })} wide>
      {missing && (
        <NotInPlan {...{ subscription, missing }} onGiveUp={() => setDrop([...drop, missing])} />
      )}
      {query.error && !missing && <FailureCallout error={query.error} onRetry={query.refetch} />}
      {!query.error && !query.data && <CardSkeleton />}
      {!query.error && query.data && (
        <PlanChangeForm
          {...{ subscription, by, drop, onClose }}
          change={query.data}
          onDrop={setDrop}
        />
      )}
    </Dialog>
  );
}

/** The entitlement that the new plan does not have, when that is why there is no price. */
function missingIn(error: unknown): string | null {
  const failure = error ? failureOf(error) : null;
  if (failure?.kind !== 'refused' || failure.refusal.code !== 'component-not-in-plan') return null;
  const id = failure.refusal.params?.['entitlementId'];
  return typeof id === 'string' ? id : null;
}

type NotInPlanProps = { subscription: PlannedPackage; missing: string; onGiveUp: () => void };

function NotInPlan({ subscription, missing, onGiveUp }: NotInPlanProps) {
  const text = useTranslations('orders.plan');
  const words = useWords();
  const component = subscription.components.find(({ id }) => id === missing);
  const name = component ? words(component.name) : '';
  const goesBack = component?.refundable && component.state === 'bought';
  return (
    <Callout
      tone="wait"
      announce
      actions={<Button onClick={onGiveUp}>{text('giveUpNamed', { name })}</Button>}
    >
      {text(goesBack ? 'notInPlan' : 'notInPlanFinal', { name })}
    </Callout>
  );
}
