import { useTranslations } from 'use-intl';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Link } from '#web/ui/link.tsx';
import { Money } from '#web/ui/money.tsx';
import type { AnyInvoiceDetail } from './invoice-wire-types.ts';

type Href = (id: string) => string;

/** What was paid on a document, from where and when. */
export function PaymentsCard({ invoice }: { invoice: AnyInvoiceDetail }) {
  const text = useTranslations('billing.screen');
  // A gateway that these texts do not know goes by its id.
  const sourceWords = (from: string) => (text.has(`from.${from}`) ? text(`from.${from}`) : from);
  if (invoice.kind !== 'invoice') return null;
  return (
    <Card title={text('payments')}>
      {invoice.payments.length === 0 ? (
        <p>{text('noPayments')}</p>
      ) : (
        <KeyValue
          facts={invoice.payments.map((payment) => ({
            label: (
              <>
                {sourceWords(payment.from)}, <DateText at={payment.at} time />
              </>
            ),
            value: <Money {...payment.amount} />,
          }))}
        />
      )}
    </Card>
  );
}

/** The documents that correct this one, and the one it corrects. */
export function RelatedCard({ invoice, hrefOf }: { invoice: AnyInvoiceDetail; hrefOf: Href }) {
  const text = useTranslations('billing.screen');
  const related = [
    ...(invoice.corrects ? [{ ...invoice.corrects, title: text('corrects') }] : []),
    ...invoice.corrections.map((note) => ({ ...note, title: text('corrections') })),
  ];
  if (related.length === 0) return null;
  return (
    <Card title={invoice.corrects ? text('corrects') : text('corrections')}>
      <KeyValue
        facts={related.map((other) => ({
          label: <Link href={hrefOf(other.id)}>{other.number}</Link>,
          value: <Money {...other.total} />,
        }))}
      />
    </Card>
  );
}
