import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import type { PackageView } from '#web/client/package-panels.ts';
import { clientPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { Table } from '#web/ui/table.tsx';
import { ModeBadge, StandingBadge } from '../badges.tsx';
import type { SiteProtection } from '../protection-view.ts';

const LOOK_AGAIN_MS = 10_000;
const SHOWN_MAX = 5;
const URGENCY = ['attention', 'mended', 'unknown', 'clean'];

/** On a package's page: how each of its sites stands, those that need somebody first. */
export function ProtectionPanel({ subscription }: { subscription: PackageView }) {
  const text = useTranslations('protection.panel');
  const [all, setAll] = useState(false);
  const subscriptionId = subscription.id;
  const sites = useQuery(
    apiQuery.protection.ofSubscription.queryOptions({
      input: { subscriptionId },
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
  if (sites.error && !sites.data) {
    return <FailureCallout error={sites.error} onRetry={sites.refetch} />;
  }
  const items = (sites.data?.items ?? []).toSorted(
    (a, b) => URGENCY.indexOf(a.standing) - URGENCY.indexOf(b.standing),
  );
  if (items.length === 0) return null;
  const href = ({ accountId }: SiteProtection) =>
    clientPaths.protection({ subscriptionId, accountId });
  return (
    <Card
      title={text('title')}
      flush
      foot={
        items.length > SHOWN_MAX &&
        !all && (
          <Button size="small" tone="quiet" onClick={() => setAll(true)}>
            {text('all', { count: items.length })}
          </Button>
        )
      }
    >
      <Table
        label={text('title')}
        rows={all ? items : items.slice(0, SHOWN_MAX)}
        rowKey={({ accountId }) => accountId}
        columns={[
          { id: 'site', header: text('site'), cell: ({ domainName }) => domainName },
          {
            id: 'state',
            header: text('state'),
            cell: ({ standing }) => <StandingBadge standing={standing} />,
          },
          { id: 'mode', header: text('mode'), cell: ({ mode }) => <ModeBadge mode={mode} /> },
          {
            id: 'more',
            header: '',
            align: 'end',
            cell: (site) => (
              <LinkButton
                size="small"
                href={href(site)}
                aria-label={text('moreOf', { domain: site.domainName })}
              >
                {text('more')}
              </LinkButton>
            ),
          },
        ]}
      />
    </Card>
  );
}
