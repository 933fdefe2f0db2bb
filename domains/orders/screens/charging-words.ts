import { useFormatter, useTranslations } from 'use-intl';
import type { ChargingView } from '../charging-contract.ts';

/** How charging the saved card stands, in a sentence. */
export function useChargingWords(): (charging: ChargingView) => string {
  const text = useTranslations('orders.charging');
  const format = useFormatter();
  return ({ nextAt, underWay, ended, card }) => {
    if (underWay) return text('underWay');
    if (ended) return text(`ended.${ended}`);
    if (!nextAt) return text('before');
    const at = format.dateTime(new Date(nextAt), { day: 'numeric', month: 'long' });
    return card ? text('next', { at, ...card }) : text('nextNoCard', { at });
  };
}
