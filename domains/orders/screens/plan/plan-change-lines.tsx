import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { Money, useMoneyText } from '#web/ui/money.tsx';
import { useWords } from '#web/ui/use-words.ts';
import '../quote-lines.css';
import { QuoteLine } from '../quote-lines.tsx';
import type { PlanChangeView } from './plan-access.ts';

/** What is charged and what goes back, each line with how it comes about, and what is left. */
export function PlanChangeLines({ change }: { change: PlanChangeView }) {
  const text = useTranslations('orders.plan');
  const { charge, credits, netMinor } = change;
  const { currency } = charge;
  return (
    <div className="quote">
      <h3>{text('charged')}</h3>
      <ul className="quote-lines">
        {charge.lines.map((line) => (
          <QuoteLine
            key={`${line.itemId} ${line.entitlementId} ${line.periodStart}`}
            {...{ line, quote: charge }}
          />
        ))}
      </ul>
      <h3>{text('back')}</h3>
      {credits.length === 0 && <p className="ui-muted">{text('nothingBack')}</p>}
      <ul className="quote-lines">
        {credits.map((credit) => (
          <CreditLine key={`${credit.invoiceId} ${credit.no}`} {...{ credit, currency }} />
        ))}
      </ul>
      <p className="quote-total" aria-live="polite">
        <span>{text(netMinor < 0 ? 'toBalance' : 'toPay')}</span>
        <Money minor={Math.abs(netMinor)} currency={currency} />
      </p>
      {charge.tax.rateBp > 0 && (
        <p className="quote-tax">{text('taxed', { rate: charge.tax.rateBp / 100 })}</p>
      )}
    </div>
  );
}

type CreditProps = { credit: PlanChangeView['credits'][number]; currency: string };

/** `7 680,00 ₽ по счёту INV-2023-000001 × 287 из 365 дней`. */
function CreditLine({ credit, currency }: CreditProps) {
  const text = useTranslations('orders.plan');
  const locale = useLocale();
  const words = useWords();
  const moneyText = useMoneyText();
  const { left, of } = credit.days;
  return (
    <li className="quote-line">
      <span>{words(credit.description)}</span>
      <span className="quote-amount">
        <Money minor={-credit.backMinor} currency={currency} />
      </span>
      <small>
        {text('days', {
          start: formatDate(credit.from, locale),
          end: formatDate(credit.lastDay, locale),
        })}
      </small>
      <small>
        {text('paid', {
          paid: moneyText(credit.paidMinor, currency),
          number: credit.number,
          left,
          of,
        })}
        {credit.beforeMinor > 0 &&
          `, ${text('before', { before: moneyText(credit.beforeMinor, currency) })}`}
      </small>
      {!credit.refundable && <small>{text('notRefundable')}</small>}
    </li>
  );
}
