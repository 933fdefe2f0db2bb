import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { Money, useMoneyText } from '#web/ui/money.tsx';
import type { QuoteLineView, QuoteView } from '../quote-wire.ts';
import './quote-lines.css';
import { useWords } from '#web/ui/use-words.ts';

/** Each line with how its price comes about, then tax and total: what the invoice will say. */
export function QuoteLines({ quote }: { quote: QuoteView }) {
  const text = useTranslations('orders.quote');
  const { currency, totalMinor } = quote;
  return (
    <div className="quote">
      <ul className="quote-lines">
        {quote.lines.map((line) => (
          <QuoteLine
            key={`${line.itemId} ${line.entitlementId} ${line.periodStart}`}
            {...{ line, quote }}
          />
        ))}
      </ul>
      <p className="quote-total" aria-live="polite">
        <span>{text('total')}</span>
        <Money minor={totalMinor} currency={currency} />
      </p>
      <TaxLine quote={quote} />
    </div>
  );
}

/** One line of a quote, priced as words. */
export function QuoteLine({ line, quote }: { line: QuoteLineView; quote: QuoteView }) {
  const text = useTranslations('orders.quote');
  const locale = useLocale();
  const words = useWords();
  const isBought = line.state === 'bought';
  const name = words(line.description);
  return (
    <li className="quote-line" data-free={isBought ? undefined : true}>
      <span>{line.quantity > 1 ? `${name} × ${line.quantity}` : name}</span>
      <span className="quote-amount">
        {isBought ? (
          <Money minor={line.totalMinor} currency={quote.currency} />
        ) : (
          text(`states.${line.state}`)
        )}
      </span>
      {isBought && (
        <>
          <small>
            {text('period', {
              start: formatDate(line.periodStart, locale),
              end: formatDate(line.lastDay, locale),
            })}
          </small>
          <small>
            <PriceWords line={line} quote={quote} />
          </small>
          {!line.refundable && <small>{text('notRefundable')}</small>}
        </>
      )}
    </li>
  );
}

/** `800,00 ₽ в месяц × 12 месяцев × 287 из 365 дней`. */
function PriceWords({ line, quote }: { line: QuoteLineView; quote: QuoteView }) {
  const text = useTranslations('orders.quote');
  const moneyText = useMoneyText();
  const { paid, of } = line.days;
  const price = text(paid === of ? 'whole' : 'days', {
    monthly: moneyText(line.monthlyMinor, quote.currency),
    months: line.termMonths,
    pieces: line.quantity > 1 ? ` × ${line.quantity}` : '',
    paid,
    of,
  });
  if (line.discountMinor === 0) return price;
  const discount = moneyText(line.discountMinor, quote.currency);
  return `${price}, ${text('discount', { discount, code: quote.discountCode ?? '' })}`;
}

function TaxLine({ quote }: { quote: QuoteView }) {
  const text = useTranslations('orders.quote');
  const reasons = useTranslations('billing.screen.taxReasons');
  const { tax, taxMinor, currency } = quote;
  if (tax.rateBp === 0) {
    return <p className="quote-tax">{reasons(tax.reason ?? 'no-rate')}</p>;
  }
  return (
    <p className="quote-tax">
      <span>{text(tax.included ? 'taxIncluded' : 'taxAdded', { rate: tax.rateBp / 100 })}</span>
      <Money minor={taxMinor} currency={currency} />
    </p>
  );
}
