import { formatMoney } from '#kit/format-money.ts';
import type { MinorUnits } from '#kit/format-money.ts';
import type { LineKind } from './invoice.ts';
import type { ProrationBasis } from './proration.ts';

/** Which words tell how a line's price comes about, and the figures in them. */
export type PriceWords = {
  key: 'days' | 'whole' | 'share' | 'piece';
  values: { monthly: string; months: number; pieces: string; part: number; whole: number };
};

export type PricedPart = {
  kind: LineKind;
  monthlyMinor: MinorUnits;
  termMonths: number;
  quantity: number;
  basis: ProrationBasis;
  share: { part: bigint | number; whole: bigint | number };
};

/** `800,00 ₽ в месяц × 12 месяцев × 287 из 365 дней`, as words with figures for the texts. */
export function priceWords(priced: PricedPart, currency: string, locale: string): PriceWords {
  const part = Number(priced.share.part);
  const whole = Number(priced.share.whole);
  const byHand = priced.kind === 'manual' || priced.kind === 'late-fee';
  const key = byHand
    ? 'piece'
    : part === whole
      ? 'whole'
      : priced.basis === 'term-days'
        ? 'days'
        : 'share';
  return {
    key,
    values: {
      monthly: formatMoney(priced.monthlyMinor, currency, locale),
      months: priced.termMonths,
      pieces: priced.quantity === 1 ? '' : ` × ${priced.quantity}`,
      part,
      whole,
    },
  };
}
