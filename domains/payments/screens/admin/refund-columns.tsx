import { useTranslations } from 'use-intl';
import { adminPaths } from '#web/paths.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { Link } from '#web/ui/link.tsx';
import { Money } from '#web/ui/money.tsx';
import type { Column } from '#web/ui/table.tsx';
import type { StaffRefundWire } from '../../refund-contract.ts';
import { RefundBadge } from '../refund-badge.tsx';
import { RefundDocument } from '../refund-document.tsx';
import { RefundActions } from './refund-actions.tsx';

/** A refund in a row; `who` stands first where refunds of many clients are listed. */
export function useRefundColumns(
  who: readonly Column<StaffRefundWire>[] = [],
): Column<StaffRefundWire>[] {
  const text = useTranslations('payments.refunds');
  return [
    ...who,
    {
      id: 'state',
      header: text('state'),
      cell: (refund) => (
        <>
          <RefundBadge {...refund} />
          {refund.failureCode !== null && (
            <div className="ui-small ui-muted">{refund.failureMessage || refund.failureCode}</div>
          )}
        </>
      ),
    },
    {
      id: 'reason',
      header: text('reason'),
      cell: ({ reason, askedAt, creditNoteId, creditNoteNumber }) => (
        <>
          {reason}
          <div className="ui-small ui-muted">
            <DateText at={askedAt} time />
          </div>
          {creditNoteId && (
            <div className="ui-small">
              <Link href={adminPaths.invoice({ invoiceId: creditNoteId })}>{creditNoteNumber}</Link>
            </div>
          )}
        </>
      ),
    },
    {
      id: 'document',
      header: text('document'),
      cell: ({ document }) => <RefundDocument document={document} base="/v1/admin" />,
    },
    {
      id: 'amount',
      header: text('amount'),
      align: 'end',
      cell: ({ amount }) => <Money {...amount} />,
    },
    {
      id: 'act',
      header: text('act'),
      cell: (refund) => <RefundActions refund={refund} />,
    },
  ];
}
