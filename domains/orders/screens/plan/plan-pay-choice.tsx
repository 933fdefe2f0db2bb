import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { PayChoice } from '#domains/payments/screens/pay/pay-choice.tsx';
import { BALANCE } from '#domains/payments/screens/pay/pay-way.ts';
import type { PayWay } from '#domains/payments/screens/pay/pay-way.ts';
import { apiQuery } from '#web/api-query.ts';
import { RadioCards } from '#web/ui/radio-cards.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import type { By } from './plan-access.ts';

/** The order waits until the client has put money on the balance. Any other way is a gateway's. */
export const WAIT = 'wait';

type Props = {
  by: By;
  netMinor: number;
  currency: string;
  value: PayWay;
  onChange: (way: PayWay, missingMinor: number) => void;
};

/** How to pay what a larger plan costs more. */
export function PlanPayChoice(props: Props) {
  return props.by === 'staff' ? <StaffChoice {...props} /> : <ClientChoice {...props} />;
}

function StaffChoice({ value, onChange }: Props) {
  const text = useTranslations('orders.plan.pay');
  useEffect(() => {
    if (value.way === '') onChange({ way: BALANCE, save: false }, 0);
  });
  return (
    <RadioCards
      label={text('how')}
      value={value.way}
      onChange={(way) => onChange({ way, save: false }, 0)}
      options={[
        { value: BALANCE, label: text('clientBalance') },
        { value: WAIT, label: text('wait'), help: text('waitHelp') },
      ]}
    />
  );
}

/** From the balance if it is enough; else by any way the shop has to fill it up. */
function ClientChoice({ netMinor, currency, value, onChange }: Props) {
  const { data } = useQuery(apiQuery.payments.methods.queryOptions({ input: {} }));
  if (!data) return <CardSkeleton />;
  const missingMinor = Math.max(netMinor - data.balance.minor, 0);
  return (
    <PayChoice
      pay={data}
      due={{ minor: netMinor, currency }}
      purpose="shortfall"
      otherwise={WAIT}
      value={value}
      onChange={(way) => onChange(way, missingMinor)}
    />
  );
}
