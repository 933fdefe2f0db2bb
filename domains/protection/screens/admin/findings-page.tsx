import { IconDownload, IconShieldCheck } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { FINDING_CLASSES, FINDING_STATES } from '../../contract.ts';
import { FindingBadge } from '../badges.tsx';
import '../protection.css';
import { ProtectionFrame } from './protection-frame.tsx';

const FILTERS = ['state', 'class', 'rule', 'nodeId', 'accountId', 'clientId'] as const;
const STATES = ['open', ...FINDING_STATES] as const;
const LOOK_AGAIN_MS = 10_000;

/** What was found on all sites; those that wait for somebody are one filter away. */
export function FindingsPage() {
  const text = useTranslations('protection');
  const language = useLocale() === 'ru' ? 'ru' : 'en';
  const params = useListParams(FILTERS);
  const { cursor, sort: _sort, ...chosen } = params.query;
  const asked = {
    ...chosen,
    state: STATES.find((one) => one === chosen.state),
    class: FINDING_CLASSES.find((one) => one === chosen.class),
  };
  const findings = useQuery({
    ...apiQuery.protection.admin.findings.list.queryOptions({
      input: { ...asked, cursor },
      refetchInterval: LOOK_AGAIN_MS,
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <ProtectionFrame
      tab="findings"
      actions={
        <LinkButton icon={IconDownload} href={csvHref({ ...asked, language })} download>
          {text('staff.csv')}
        </LinkButton>
      }
    >
      <DataTable
        label={text('staff.tabs.findings')}
        query={findings}
        params={params}
        search={text('staff.searchFindings')}
        filters={[
          {
            name: 'state',
            label: text('staff.state'),
            options: STATES.map((value) => ({
              value,
              label: value === 'open' ? text('staff.openState') : text(`states.${value}`),
            })),
          },
          {
            name: 'class',
            label: text('finding.class'),
            options: FINDING_CLASSES.map((value) => ({ value, label: text(`classes.${value}`) })),
          },
        ]}
        rowKey={({ id }) => id}
        rowHref={({ id }) => adminPaths.finding({ findingId: id })}
        columns={[
          {
            id: 'file',
            header: text('finding.file'),
            cell: ({ path }) => <span className="protection-path">{path}</span>,
          },
          {
            id: 'site',
            header: text('staff.site'),
            cell: ({ domainName, accountId }) =>
              accountId === null ? `${domainName} (${text('staff.unknownAccount')})` : domainName,
          },
          {
            id: 'class',
            header: text('finding.class'),
            cell: (one) => text(`classes.${one.class}`),
          },
          {
            id: 'state',
            header: text('finding.state'),
            cell: ({ state }) => <FindingBadge state={state} />,
          },
          {
            id: 'foundAt',
            header: text('finding.foundAt'),
            align: 'end',
            cell: ({ foundAt }) => <DateText at={foundAt} time />,
          },
        ]}
        empty={
          <EmptyState icon={IconShieldCheck} title={text('staff.emptyFindings')}>
            {text('staff.emptyFindingsHelp')}
          </EmptyState>
        }
      />
    </ProtectionFrame>
  );
}

function csvHref(query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return `/v1/admin/protection/findings/csv?${new URLSearchParams(given).toString()}`;
}
