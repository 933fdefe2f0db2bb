import { useLocale } from 'use-intl';
import { classes } from './classes.ts';
import { formatMoney, type MinorUnits, type MoneyFormat } from '#kit/format-money.ts';
import './money.css';

export type MoneyProps = MoneyFormat & {
  /** Integer minor units; `<Money {...invoice.total} />` fits amounts as the API gives them. */
  minor: MinorUnits;
  currency: string;
  className?: string;
};

export function Money({ minor, currency, sign, trim, className }: MoneyProps) {
  const locale = useLocale();
  const incoming = sign && BigInt(minor) > 0n;
  return (
    <span className={classes('ui-money', incoming && 'ui-money-in', className)}>
      {formatMoney(minor, currency, locale, { sign, trim })}
    </span>
  );
}

/** The same words where only text fits: titles, option labels, attributes. */
export function useMoneyText(): (
  minor: MinorUnits,
  currency: string,
  format?: MoneyFormat,
) => string {
  const locale = useLocale();
  return (minor, currency, format) => formatMoney(minor, currency, locale, format);
}
