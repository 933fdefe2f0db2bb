import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { StatusBadge } from '#web/ui/badge.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';

const ROLES = ['owner', 'billing', 'support', 'technician'] as const;

/** Who works for this seller, and who of them still signs in with a password alone. */
export function StaffPage() {
  const text = useTranslations('identity.staff');
  const staff = useQuery(apiQuery.identity.staff.list.queryOptions({ input: {} }));
  return (
    <>
      <PageHeader title={text('title')} lead={text('lead')} />
      {staff.error && <FailureCallout error={staff.error} onRetry={staff.refetch} />}
      {staff.isPending && <CardSkeleton />}
      {staff.data && (
        <Card flush>
          <Table
            label={text('title')}
            rows={staff.data.items}
            rowKey={({ id }) => id}
            columns={[
              { id: 'name', header: text('name'), cell: ({ name }) => name },
              { id: 'email', header: text('email'), cell: ({ email }) => email },
              {
                id: 'role',
                header: text('role'),
                cell: ({ role }) => {
                  const known = ROLES.find((each) => each === role);
                  return known ? text(`roles.${known}`) : role;
                },
              },
              {
                id: 'factor',
                header: text('factor'),
                cell: ({ secondFactor }) => (
                  <StatusBadge tone={secondFactor ? 'good' : 'wait'}>
                    {text(secondFactor ? 'on' : 'off')}
                  </StatusBadge>
                ),
              },
              {
                id: 'seen',
                header: text('seen'),
                cell: ({ lastSeenAt }) => lastSeenAt && <DateText at={lastSeenAt} time />,
              },
            ]}
          />
        </Card>
      )}
    </>
  );
}
