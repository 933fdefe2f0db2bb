import { useTranslations } from 'use-intl';
import { DateText } from '#web/ui/date-text.tsx';
import { Money } from '#web/ui/money.tsx';
import type { Column } from '#web/ui/table.tsx';
import { useWords } from '#web/ui/use-words.ts';
import type { PaymentWire } from '../contract.ts';
import { PaymentBadge } from './payment-badge.tsx';

/** What clients and staff both see of a payment in a list; `who` stands between for staff. */
export function usePaymentColumns<Row extends PaymentWire>(
  who: readonly Column<Row>[] = [],
): Column<Row>[] {
  const text = useTranslations('payments.fields');
  const purpose = usePurpose();
  return [
    { id: 'for', header: text('for'), cell: purpose },
    ...who,
    {
      id: 'method',
      header: text('method'),
      cell: (payment) => <PaymentMethod payment={payment} />,
    },
    { id: 'state', header: text('state'), cell: ({ state }) => <PaymentBadge state={state} /> },
    {
      id: 'createdAt',
      header: text('createdAt'),
      cell: ({ createdAt }) => <DateText at={createdAt} time />,
    },
    {
      id: 'amount',
      header: text('amount'),
      align: 'end',
      cell: ({ amount, received }) => <Money {...(received ?? amount)} />,
    },
  ];
}

/** By what was paid, and whether we took it ourselves. */
export function PaymentMethod({
  payment: { method, card, automatic },
}: {
  payment: Pick<PaymentWire, 'method' | 'card' | 'automatic'>;
}) {
  const text = useTranslations('payments');
  const words = useWords();
  if (!card) return words(method);
  return (
    <>
      {text('withCard', { method: words(method), ...card })}
      {automatic && <div className="ui-small ui-muted">{text('automatic')}</div>}
    </>
  );
}

/** What a payment is for, in words. */
export function usePurpose(): (payment: Pick<PaymentWire, 'invoiceNumber'>) => string {
  const text = useTranslations('payments');
  return ({ invoiceNumber: number }) =>
    number === null ? text('toBalance') : text('forInvoice', { number });
}
