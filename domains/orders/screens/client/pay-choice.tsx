import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { useMoneyText } from '#web/ui/money.tsx';
import { RadioCards } from '#web/ui/radio-cards.tsx';

/** From the balance in the same act, or by card or transfer on the invoice's page. */
export type PayWay = 'balance' | 'invoice';

type Props = {
  totalMinor: number;
  currency: string;
  value: PayWay | '';
  onChange: (way: PayWay) => void;
};

/** How to pay what is about to be ordered. */
export function PayChoice({ totalMinor, currency, value, onChange }: Props) {
  const text = useTranslations('orders.screen.pay');
  const moneyText = useMoneyText();
  const methods = useQuery(apiQuery.payments.methods.queryOptions({ input: {} }));
  const held = methods.data?.balance.minor ?? 0;
  const missing = totalMinor - held;
  const best: PayWay = missing > 0 ? 'invoice' : 'balance';
  useEffect(() => {
    if (methods.data && (value === '' || (value === 'balance' && missing > 0))) onChange(best);
    // Only what makes the choice impossible may change it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [value, best, methods.data !== undefined]);
  return (
    <RadioCards<PayWay>
      label={text('how')}
      value={value}
      onChange={onChange}
      options={[
        {
          value: 'balance',
          label: text('balance'),
          help:
            missing > 0
              ? text('short', {
                  held: moneyText(held, currency),
                  missing: moneyText(missing, currency),
                })
              : text('enough', { held: moneyText(held, currency) }),
          disabled: missing > 0,
        },
        { value: 'invoice', label: text('invoice'), help: text('invoiceHelp') },
      ]}
    />
  );
}
