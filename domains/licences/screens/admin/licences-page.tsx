import { IconLicense } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Link } from '#web/ui/link.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { LicenceBadge } from '../licence-badge.tsx';

const FILTERS = ['state', 'clientId'] as const;
const STATES = ['issuing', 'active', 'deleting', 'deleted', 'refused'] as const;

/** Licences of the seller's clients and of those of the sellers below it. */
export function LicencesPage() {
  const text = useTranslations('licences');
  const params = useListParams(FILTERS);
  const { search, cursor, state, clientId } = params.query;
  const licences = useQuery({
    ...apiQuery.licences.admin.list.queryOptions({
      input: { search, cursor, clientId, state: STATES.find((one) => one === state) },
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader
        title={text('staff.title')}
        actions={
          <>
            <LinkButton href={adminPaths.strayLicences()}>{text('staff.strays')}</LinkButton>
            <LinkButton href={adminPaths.suppliers()}>{text('staff.suppliers')}</LinkButton>
          </>
        }
      />
      <DataTable
        label={text('staff.title')}
        query={licences}
        params={params}
        search={text('staff.search')}
        filters={[
          {
            name: 'state',
            label: text('fields.state'),
            options: STATES.map((value) => ({ value, label: text(`states.${value}`) })),
          },
        ]}
        rowKey={({ id }) => id}
        rowHref={({ id }) => adminPaths.licence({ licenceId: id })}
        columns={[
          { id: 'domain', header: text('fields.domain'), cell: ({ domainName }) => domainName },
          {
            id: 'client',
            header: text('fields.client'),
            cell: (licence) => (
              <Link href={adminPaths.client({ clientId: licence.clientId })}>
                {licence.clientName}
              </Link>
            ),
          },
          {
            id: 'key',
            header: text('fields.key'),
            cell: ({ key }) => (key === null ? '—' : <code className="ui-small">{key}</code>),
          },
          {
            id: 'state',
            header: text('fields.state'),
            cell: ({ state: now }) => <LicenceBadge state={now} />,
          },
          {
            id: 'createdAt',
            header: text('fields.createdAt'),
            cell: ({ createdAt }) => <DateText at={createdAt} time />,
          },
        ]}
        empty={
          <EmptyState icon={IconLicense} title={text('staff.empty')}>
            {text('staff.emptyHelp')}
          </EmptyState>
        }
      />
    </>
  );
}
