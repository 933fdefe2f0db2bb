import { useTranslations } from 'use-intl';
import { DateText } from '#web/ui/date-text.tsx';
import { Link } from '#web/ui/link.tsx';
import { Money } from '#web/ui/money.tsx';
import type { Column } from '#web/ui/table.tsx';
import { adminPaths } from '#web/paths.ts';
import { kindName } from '../../account-words.ts';
import type { ReportEntryWire } from '../../contract.ts';

type Entry = Omit<ReportEntryWire, 'cause'>;

/** A movement with the document behind it; `plus` and `minus` name the two columns of amounts. */
export function useEntryColumns(plus: string, minus: string): Column<Entry>[] {
  const text = useTranslations('reports');
  return [
    { id: 'date', header: text('csv.date'), cell: (entry) => <DateText at={entry.at} time /> },
    {
      id: 'kind',
      header: text('csv.kind'),
      cell: ({ kind }) => kindName(kind, (key) => text(key as never)),
    },
    {
      id: 'document',
      header: text('csv.document'),
      cell: (entry) => <DocumentLink entry={entry} />,
    },
    {
      id: 'plus',
      header: plus,
      align: 'end',
      cell: ({ amount }) => amount.minor > 0 && <Money {...amount} />,
    },
    {
      id: 'minus',
      header: minus,
      align: 'end',
      cell: ({ amount }) =>
        amount.minor < 0 && <Money minor={-amount.minor} currency={amount.currency} />,
    },
  ];
}

function DocumentLink({ entry: { documentId, documentNumber } }: { entry: Entry }) {
  const text = useTranslations('reports.trial');
  if (!documentId) return <span className="ui-muted">{text('withoutDocument')}</span>;
  // Invoices go by their numbers; payments have none that people know.
  if (documentId.startsWith('pay_')) {
    return <Link href={adminPaths.payment({ paymentId: documentId })}>{text('payment')}</Link>;
  }
  const href = adminPaths.invoice({ invoiceId: documentId });
  return <Link href={href}>{documentNumber ?? documentId}</Link>;
}
