import { useTranslations } from 'use-intl';
import { Card } from '#web/ui/card.tsx';
import { Table } from '#web/ui/table.tsx';
import type { StaffPaymentDetailWire } from '../../contract.ts';
import { useRefundColumns } from './refund-columns.tsx';

/** What of a payment went back, or is on its way. */
export function RefundsCard({ payment }: { payment: StaffPaymentDetailWire }) {
  const text = useTranslations('payments.refunds');
  const columns = useRefundColumns();
  if (payment.refunds.length === 0) return null;
  return (
    <Card title={text('title')} flush>
      <Table
        label={text('title')}
        rows={payment.refunds}
        rowKey={({ id }) => id}
        columns={columns}
      />
    </Card>
  );
}
