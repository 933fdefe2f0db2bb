import { useLocale, useTranslations } from 'use-intl';
import { divideHalfUp } from '#kit/money.ts';
import { useBrand } from '#web/store/store-context.tsx';
import { formatMoney } from '#kit/format-money.ts';
import type { Shop } from './shop.ts';
import { addonPrices, priceFor, useWords, withinSentence } from './shop.ts';

/** A package from 15 January to 15 January, an add-on from 3 April: 287 of 365 days are left. */
const DAYS = { all: 365, left: 287 };
const TERM_MONTHS = 12;
const WIDTH = 730;

/** A year of a package as a strip, the part that an add-on is charged for, and the sum itself. */
export function SliceDrawing({ shop }: { shop: Shop }) {
  const text = useTranslations('catalog.store.home');
  const words = useWords();
  const locale = useLocale();
  const { currency } = useBrand();
  const addon = shop.components.find(({ id }) => addonPrices(shop, id).length > 0);
  const price = addon && priceFor(addonPrices(shop, addon.id), TERM_MONTHS);
  if (!addon || !price) return null;
  const sum = divideHalfUp(BigInt(price.totalMinor) * BigInt(DAYS.left), BigInt(DAYS.all));
  const start = (WIDTH * (DAYS.all - DAYS.left)) / DAYS.all;
  const whole = formatMoney(price.totalMinor, currency, locale);
  return (
    <figure className="slice">
      <svg viewBox={`0 0 ${WIDTH} 56`} role="img" aria-label={text('exactAlt')}>
        <rect className="slice-year" y="8" width={WIDTH} height="40" rx="6" />
        <rect className="slice-left" x={start} y="8" width={WIDTH - start} height="40" rx="6" />
        {Array.from({ length: 11 }, (_, month) => {
          const x = ((month + 1) * WIDTH) / TERM_MONTHS;
          return <path key={month} className="slice-month" d={`M${x} 40v8`} />;
        })}
        <path className="slice-mark" d={`M${start} 0v56`} />
      </svg>
      <div className="slice-days" aria-hidden>
        <span>{text('dayStart')}</span>
        <span className="slice-bought">{text('dayBuy')}</span>
        <span>{text('dayEnd')}</span>
      </div>
      <figcaption>
        <p>{text('exactExample', { addon: withinSentence(words(addon.name)) })}</p>
        <p className="slice-sum">
          {whole} × {DAYS.left} ÷ {DAYS.all} = <strong>{formatMoney(sum, currency, locale)}</strong>
        </p>
      </figcaption>
    </figure>
  );
}
