import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';

export type BadgedInvoice = {
  kind: 'invoice' | 'credit-note';
  state: 'issued' | 'paid' | 'void' | 'written-off';
  paid: { minor: number };
};

/** How a document stands, as icon and word. */
export function InvoiceBadge({ invoice }: { invoice: BadgedInvoice }) {
  const text = useTranslations('billing.screen.states');
  if (invoice.kind === 'credit-note') return <StatusBadge tone="info">{text('note')}</StatusBadge>;
  if (invoice.state === 'paid') return <StatusBadge tone="good">{text('paid')}</StatusBadge>;
  if (invoice.state === 'written-off') {
    return <StatusBadge tone="bad">{text('written-off')}</StatusBadge>;
  }
  if (invoice.state === 'void') return <StatusBadge tone="idle">{text('void')}</StatusBadge>;
  return <StatusBadge tone="wait">{text(invoice.paid.minor > 0 ? 'part' : 'issued')}</StatusBadge>;
}
