import { useTranslations } from 'use-intl';
import { DateText } from '#web/ui/date-text.tsx';
import { Money } from '#web/ui/money.tsx';
import type { AddOnOfferView } from '../../contract.ts';

/** From which renewal on an add-on will cost more, where that is known already. */
export function ComingPrice({ offer: { coming, currency } }: { offer: AddOnOfferView }) {
  const text = useTranslations('orders.screen.addOns');
  if (!coming) return null;
  return (
    <span className="ui-muted">
      {text.rich('coming', {
        date: () => <DateText on={coming.on} />,
        price: () => <Money minor={coming.monthlyMinor} currency={currency} />,
      })}
    </span>
  );
}
