import { formatMoney } from '#kit/format-money.ts';
import type { InvoiceLine } from './invoice.ts';

/** Which words tell how a line's price comes about, and the figures in them. */
export type PriceWords = {
  key: 'days' | 'whole' | 'share';
  values: { monthly: string; months: number; pieces: string; part: number; whole: number };
};

type PricedLike = Pick<InvoiceLine, 'monthlyMinor' | 'termMonths' | 'quantity' | 'share'> & {
  proration: Pick<InvoiceLine['proration'], 'basis'>;
};

/** `800,00 ₽ в месяц × 12 месяцев × 287 из 365 дней`, as words with figures for the texts. */
export function priceWords(line: PricedLike, currency: string, locale: string): PriceWords {
  const { part, whole } = line.share;
  const key = part === whole ? 'whole' : line.proration.basis === 'term-days' ? 'days' : 'share';
  return {
    key,
    values: {
      monthly: formatMoney(line.monthlyMinor, currency, locale),
      months: line.termMonths,
      pieces: line.quantity === 1 ? '' : ` × ${line.quantity}`,
      part: Number(part),
      whole: Number(whole),
    },
  };
}
