import { useTranslations } from 'use-intl';
import { Badge, StatusBadge } from '#web/ui/badge.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Table } from '#web/ui/table.tsx';
import type { StaffPaymentDetailWire } from '../../contract.ts';

/** Everything the gateway said of a payment, with what we made of it. */
export function NotificationsCard({ payment }: { payment: StaffPaymentDetailWire }) {
  const text = useTranslations('payments.staff');
  const { notifications, kind } = payment;
  // A gateway may learn words that we have no text for yet.
  const known = (group: string, name: string) =>
    text(`${group}.${text.has(`${group}.${name}`) ? name : 'other'}`);
  return (
    <Card title={text('notifications')} flush>
      {notifications.length === 0 ? (
        <EmptyState
          title={text(kind === 'transfer' ? 'noNotificationsTransfer' : 'noNotifications')}
        />
      ) : (
        <Table
          label={text('notifications')}
          rows={notifications}
          rowKey={({ eventId }) => eventId}
          columns={[
            {
              id: 'kind',
              header: text('notificationKind'),
              cell: (told) => <Badge>{known('events', eventKey(told.kind))}</Badge>,
            },
            {
              id: 'at',
              header: text('notificationAt'),
              cell: ({ receivedAt }) => <DateText at={receivedAt} time />,
            },
            {
              id: 'outcome',
              header: text('notificationOutcome'),
              cell: ({ outcome }) => (
                <StatusBadge tone={outcome === 'applied' ? 'good' : 'bad'}>
                  {known('outcomes', outcome)}
                </StatusBadge>
              ),
            },
            {
              id: 'id',
              header: text('notificationId'),
              cell: ({ eventId }) => <code className="ui-small">{eventId}</code>,
            },
          ]}
        />
      )}
    </Card>
  );
}

/** `payment.succeeded` is `succeeded` in the texts, whose names hold no dots. */
function eventKey(kind: string): string {
  return kind.replace(/^payment\./, '');
}
