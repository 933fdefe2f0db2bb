import { useTranslations } from 'use-intl';
import type { Step, StepState } from '#web/ui/steps.tsx';
import type { Tone } from '#web/ui/tone.ts';
import type { ApiClient } from '#web/api.ts';

export type DeliveryView = Awaited<
  ReturnType<ApiClient['hosting']['package']['deliveries']>
>['items'][number];
export type StaffDelivery = Awaited<ReturnType<ApiClient['hosting']['admin']['deliveries']['get']>>;

export const DELIVERY_TONE: Readonly<Record<DeliveryView['state'], Tone>> = {
  waiting: 'wait',
  running: 'info',
  done: 'good',
  failed: 'bad',
  cancelled: 'idle',
};

/** True while something is still to come of it. */
export function isUnfinished({ state }: Pick<DeliveryView, 'state'>): boolean {
  return state !== 'done' && state !== 'cancelled';
}

/** The steps as the screen draws them; `detail` may add a server's own words for staff. */
export function useDeliverySteps(): (
  delivery: DeliveryView,
  detailOf?: (index: number) => string | null,
) => Step[] {
  const text = useTranslations('hosting.delivery');
  const sayWhy = useDeliveryReason();
  return (delivery, detailOf) => {
    const current = delivery.steps.findIndex((step) => step.state !== 'done');
    return delivery.steps.map((step, index) => {
      const isCurrent = index === current;
      const why = isCurrent ? sayWhy(delivery) : null;
      const said = detailOf?.(index) ?? null;
      return {
        id: step.name,
        label: text(`steps.${step.name}`),
        state: stateOf(step.state, isCurrent ? delivery : null),
        // Only what is over has a length that this browser's clock cannot falsify.
        ...(step.finishedAt && { startedAt: step.startedAt, finishedAt: step.finishedAt }),
        detail: [why, said].filter(Boolean).join(' · ') || undefined,
      };
    });
  };
}

function stateOf(
  step: DeliveryView['steps'][number]['state'],
  delivery: DeliveryView | null,
): StepState {
  if (step === 'done') return 'done';
  if (delivery === null || delivery.state === 'cancelled') return 'ahead';
  if (delivery.state === 'failed') return 'failed';
  return delivery.state === 'running' ? 'doing' : 'waiting';
}

/** Why a delivery has not come yet, in words; null when nothing holds it up. */
export function useDeliveryReason(): (delivery: DeliveryView) => string | null {
  const text = useTranslations('hosting.delivery');
  return ({ state, waitsFor, reason }) => {
    if (!isUnfinished({ state })) return null;
    if (waitsFor) return text(`waitsFor.${waitsFor}`);
    if (!reason) return null;
    if (text.has(`reasons.${reason}`)) return text(`reasons.${reason}`);
    return text(state === 'failed' ? 'reasons.failed' : 'reasons.again');
  };
}
