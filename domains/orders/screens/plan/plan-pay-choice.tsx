import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { useMoneyText } from '#web/ui/money.tsx';
import { RadioCards } from '#web/ui/radio-cards.tsx';
import { useWords } from '#web/ui/use-words.ts';
import type { By } from './plan-access.ts';

/** Paid from the balance in the same act. */
export const FROM_BALANCE = 'balance';
/** The order waits until the client has put money on the balance. Any other way is a gateway's. */
export const WAIT = 'wait';

type Props = {
  by: By;
  netMinor: number;
  currency: string;
  value: string;
  onChange: (way: string, missingMinor: number) => void;
};

/** How to pay what a larger plan costs more. */
export function PlanPayChoice(props: Props) {
  return props.by === 'staff' ? <StaffChoice {...props} /> : <ClientChoice {...props} />;
}

function StaffChoice({ value, onChange }: Props) {
  const text = useTranslations('orders.plan.pay');
  useEffect(() => {
    if (value === '') onChange(FROM_BALANCE, 0);
  });
  return (
    <RadioCards
      label={text('how')}
      value={value}
      onChange={(way) => onChange(way, 0)}
      options={[
        { value: FROM_BALANCE, label: text('clientBalance') },
        { value: WAIT, label: text('wait'), help: text('waitHelp') },
      ]}
    />
  );
}

/** From the balance if it is enough; else by any way the shop has to fill it up. */
function ClientChoice({ netMinor, currency, value, onChange }: Props) {
  const text = useTranslations('orders.plan.pay');
  const moneyText = useMoneyText();
  const words = useWords();
  const { data } = useQuery(apiQuery.payments.methods.queryOptions({ input: {} }));
  const heldMinor = data?.balance.minor ?? 0;
  const missingMinor = Math.max(netMinor - heldMinor, 0);
  const best = missingMinor === 0 ? FROM_BALANCE : (data?.methods[0]?.id ?? WAIT);
  useEffect(() => {
    if (data && (value === '' || (value === FROM_BALANCE && missingMinor > 0))) {
      onChange(best, missingMinor);
    }
    // Only what makes the choice impossible may change it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [value, best, data !== undefined]);
  const held = moneyText(heldMinor, currency);
  const missing = moneyText(missingMinor, currency);
  return (
    <RadioCards
      label={text('how')}
      value={value}
      onChange={(way) => onChange(way, missingMinor)}
      options={[
        {
          value: FROM_BALANCE,
          label: text('balance'),
          help: missingMinor > 0 ? text('short', { held, missing }) : text('enough', { held }),
          disabled: missingMinor > 0,
        },
        ...(missingMinor > 0 ? (data?.methods ?? []) : []).map(({ id, title, kind }) => ({
          value: id,
          label: words(title),
          help: text(kind === 'transfer' ? 'transfer' : 'page', { missing }),
        })),
      ]}
    />
  );
}
