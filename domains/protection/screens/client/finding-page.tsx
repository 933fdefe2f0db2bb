import { IconFolder } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { AskLink } from '#domains/support/screens/client/ask-link.tsx';
import { apiQuery } from '#web/api-query.ts';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { clientPaths } from '#web/paths.ts';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { FindingBadge } from '../badges.tsx';
import { BytesCard } from '../bytes-card.tsx';
import { FindingActions } from '../finding-actions.tsx';
import { FindingExplained, FindingOrigin } from '../finding-explained.tsx';
import { FindingFacts, FindingHistory } from '../finding-facts.tsx';
import type { FindingDetail } from '../protection-view.ts';
import { NextSteps } from './next-steps.tsx';

const LOOK_AGAIN_MS = 5000;

/** One finding: what it is, what was done, the very bytes, how it got there, what to do. */
export function FindingPage() {
  const { findingId } = usePathParams(clientPaths.finding);
  const query = useQuery(
    apiQuery.protection.finding.queryOptions({
      input: { id: findingId },
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
  if (query.data) return <FindingScreen finding={query.data} />;
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  return <PageSkeleton />;
}

function FindingScreen({ finding }: { finding: FindingDetail }) {
  const text = useTranslations('protection');
  const { subscriptionId, accountId } = usePathParams(clientPaths.finding);
  const { id, path, domainName, can } = finding;
  const folder = path.split('/').slice(0, -1).join('/');
  return (
    <>
      <PageHeader
        title={path.split('/').at(-1) ?? path}
        lead={<span className="protection-path">{path}</span>}
        crumbs={[
          { label: domainName, href: clientPaths.package({ subscriptionId }) },
          {
            label: text('site.title', { domain: domainName }),
            href: clientPaths.protection({ subscriptionId, accountId }),
          },
        ]}
        status={<FindingBadge state={finding.state} />}
        actions={
          <>
            <AskLink about={id} />
            <FindingActions finding={finding} act={(verb) => api.protection[verb]({ id })} />
            <LinkButton
              icon={IconFolder}
              href={`${clientPaths.files({ subscriptionId, accountId })}?folder=${encodeURIComponent(folder)}`}
            >
              {text('finding.toFiles')}
            </LinkButton>
          </>
        }
      />
      <Columns main>
        <Stack>
          <FindingExplained finding={finding} />
          {can.bytes && (
            <BytesCard
              findingId={id}
              removed={finding.removed.length > 0}
              read={api.protection.bytes}
            />
          )}
          <FindingOrigin finding={finding} />
          <NextSteps />
        </Stack>
        <Stack>
          <FindingFacts finding={finding} />
          <FindingHistory finding={finding} />
        </Stack>
      </Columns>
    </>
  );
}
