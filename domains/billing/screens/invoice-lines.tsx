import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { Card } from '#web/ui/card.tsx';
import { Link } from '#web/ui/link.tsx';
import { Money, useMoneyText } from '#web/ui/money.tsx';
import { Table } from '#web/ui/table.tsx';
import './invoice-lines.css';
import type { AnyInvoiceDetail, InvoiceLineView } from './invoice-wire-types.ts';
import { PriceNote } from './price-note.tsx';

/** The lines of a document with how each price comes about, and what they sum to. */
export function InvoiceLines({
  invoice,
  packageHref,
}: {
  invoice: AnyInvoiceDetail;
  /** The page of the package that a line is for. */
  packageHref(subscriptionId: string): string;
}) {
  const text = useTranslations('billing.screen');
  return (
    <Card title={text('lines')} flush>
      <Table
        label={text('lines')}
        rows={invoice.lines}
        rowKey={(line) => String(line.no)}
        columns={[
          {
            id: 'what',
            header: text('what'),
            cell: (line) => (
              <LineWords {...{ line, packageHref }} discountCode={invoice.discountCode} />
            ),
          },
          {
            id: 'quantity',
            header: text('quantity'),
            align: 'end',
            cell: (line) => line.quantity,
          },
          {
            id: 'amount',
            header: text('amount'),
            align: 'end',
            cell: (line) => <Money {...line.amount} />,
          },
        ]}
        foot={<Totals invoice={invoice} />}
      />
    </Card>
  );
}

function LineWords({
  line,
  discountCode,
  packageHref,
}: {
  line: InvoiceLineView;
  discountCode: string | null;
  packageHref(subscriptionId: string): string;
}) {
  const text = useTranslations('billing');
  const locale = useLocale();
  const moneyText = useMoneyText();
  const words = line.description[locale === 'ru' ? 'ru' : 'en'];
  const discount = moneyText(line.discount.minor, line.discount.currency);
  return (
    <div className="invoice-line">
      <strong>
        {line.subscriptionId === null ? (
          words
        ) : (
          <Link href={packageHref(line.subscriptionId)}>{words}</Link>
        )}
      </strong>
      <span>
        {text('document.period', {
          start: formatDate(line.periodStart, locale),
          end: formatDate(line.lastDay, locale),
        })}
      </span>
      <span>
        <PriceNote line={line} />
      </span>
      {line.discount.minor > 0 && (
        <span>
          {discountCode
            ? text('document.discountCode', { amount: discount, code: discountCode })
            : text('document.discount', { amount: discount })}
        </span>
      )}
      {!line.refundable && <span>{text('screen.nonRefundable')}</span>}
    </div>
  );
}

function Totals({ invoice }: { invoice: AnyInvoiceDetail }) {
  const text = useTranslations('billing.document');
  const rates = [...new Set(invoice.lines.map((line) => line.taxRateBp))].filter(
    (rate) => rate > 0,
  );
  const rate = rates.map((bp) => bp / 100).join(' / ');
  const taxed = invoice.tax.minor > 0;
  const { pricesIncludeTax: gross } = invoice;
  return (
    <>
      {!gross && taxed && <TotalRow label={text('net')} amount={invoice.net} />}
      {!gross && taxed && <TotalRow label={text('tax', { rate })} amount={invoice.tax} />}
      <TotalRow
        label={text(invoice.kind === 'invoice' ? 'total' : 'credit')}
        amount={invoice.total}
        strong
      />
      {gross && taxed && <TotalRow label={text('taxIncluded', { rate })} amount={invoice.tax} />}
      {!taxed && <NoTaxRow reason={invoice.taxReason} />}
    </>
  );
}

type Amount = { minor: number; currency: string };

function TotalRow({ label, amount, strong }: { label: string; amount: Amount; strong?: boolean }) {
  return (
    <tr className={strong ? 'invoice-total' : undefined}>
      <td colSpan={2} className="ui-cell-end">
        {label}
      </td>
      <td className="ui-cell-end">
        <Money {...amount} />
      </td>
    </tr>
  );
}

function NoTaxRow({ reason }: { reason: AnyInvoiceDetail['taxReason'] }) {
  const text = useTranslations('billing.screen');
  return (
    <tr>
      <td colSpan={3} className="ui-cell-end">
        {text(`taxReasons.${reason ?? 'no-rate'}`)}
      </td>
    </tr>
  );
}
