import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import type { ApiClient } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { FindingBadge } from '../badges.tsx';
import { BytesCard } from '../bytes-card.tsx';
import { FindingActions } from '../finding-actions.tsx';
import { FindingExplained, FindingOrigin } from '../finding-explained.tsx';
import { FindingFacts, FindingHistory } from '../finding-facts.tsx';

const LOOK_AGAIN_MS = 10_000;

type StaffFinding = Awaited<ReturnType<ApiClient['protection']['admin']['findings']['get']>>;

/** One finding for staff: as its owner sees it, with whose it is. */
export function StaffFindingPage() {
  const { findingId } = usePathParams(adminPaths.finding);
  const query = useQuery(
    apiQuery.protection.admin.findings.get.queryOptions({
      input: { id: findingId },
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
  if (query.data) return <FindingScreen finding={query.data} />;
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  return <PageSkeleton />;
}

function FindingScreen({ finding }: { finding: StaffFinding }) {
  const text = useTranslations('protection');
  const mayWrite = allowed(useSession(), 'protection.write');
  const { id, path, can } = finding;
  return (
    <>
      <PageHeader
        title={path.split('/').at(-1) ?? path}
        lead={<span className="protection-path">{path}</span>}
        crumbs={[
          { label: text('staff.title'), href: adminPaths.protection() },
          { label: text('staff.tabs.findings'), href: adminPaths.findings() },
        ]}
        status={<FindingBadge state={finding.state} />}
        actions={
          mayWrite && (
            <FindingActions
              finding={finding}
              act={(verb) => api.protection.admin.findings[verb]({ id })}
            />
          )
        }
      />
      <Columns main>
        <Stack>
          <FindingExplained finding={finding} />
          {can.bytes && (
            <BytesCard
              findingId={id}
              removed={finding.removed.length > 0}
              read={api.protection.admin.findings.bytes}
            />
          )}
          <FindingOrigin finding={finding} />
        </Stack>
        <Stack>
          <Whose finding={finding} />
          <FindingFacts finding={finding} />
          <FindingHistory finding={finding} />
        </Stack>
      </Columns>
    </>
  );
}

function Whose({ finding }: { finding: StaffFinding }) {
  const text = useTranslations('protection.staff');
  const { accountId, client, subscriptionId, domainName, node } = finding;
  return (
    <Card title={text('about')}>
      <KeyValue
        facts={[
          {
            label: text('site'),
            value:
              accountId === null ? (
                `${domainName} (${text('unknownAccount')})`
              ) : (
                <Link href={adminPaths.guardedSite({ accountId })}>{domainName}</Link>
              ),
          },
          subscriptionId !== null && {
            label: text('package'),
            value: <Link href={adminPaths.package({ subscriptionId })}>{domainName}</Link>,
          },
          client !== null && {
            label: text('client'),
            value: <Link href={adminPaths.client({ clientId: client.id })}>{client.name}</Link>,
          },
          node !== null && {
            label: text('node'),
            value: <Link href={adminPaths.node({ nodeId: node.id })}>{node.name}</Link>,
          },
        ]}
      />
    </Card>
  );
}
