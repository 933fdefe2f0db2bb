import { useLocale, useTranslations } from 'use-intl';
import { priceWords } from '../price-words.ts';
import type { InvoiceLineView } from './invoice-wire-types.ts';

/** How the price of a line comes about: month × months × pieces × days. */
export function PriceNote({ line }: { line: InvoiceLineView }) {
  const text = useTranslations('billing.document');
  const locale = useLocale();
  if (line.correctsNo !== null) return text('credited', { no: line.correctsNo });
  const priced = { ...line, monthlyMinor: line.monthly.minor };
  const { key, values } = priceWords(priced, line.monthly.currency, locale);
  return text(key, values);
}
