import { useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { packagePanels } from '#web/client/package-panels.ts';
import type { PackagePanel, PackageView } from '#web/client/package-panels.ts';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { clientPaths } from '#web/paths.ts';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { Together } from '#web/ui/together.tsx';
import { HistoryCard } from '../history-card.tsx';
import { PackageBadge } from '../package-badge.tsx';
import { useWords } from '#web/ui/use-words.ts';
import { ComponentsCard } from './components-card.tsx';
import { PackageCallout } from './package-callout.tsx';
import { PackageFacts } from './package-facts.tsx';

/** Delivery, payments and other people change a package while it is looked at. */
const LOOK_AGAIN_MS = 5000;

const PANELS = packagePanels.map(({ id, place, panel }) => ({
  id,
  place,
  Panel: lazy(async () => ({ default: await panel() })),
}));

/** One package: paid until, what is on it, what the next renewal costs, all that happened. */
export function PackagePage() {
  const { subscriptionId } = usePathParams(clientPaths.package);
  const query = useQuery(
    apiQuery.subscriptions.get.queryOptions({
      input: { id: subscriptionId },
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
  if (query.data) return <PackageScreen subscription={query.data} />;
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  return <PageSkeleton />;
}

function PackageScreen({ subscription }: { subscription: PackageView }) {
  const text = useTranslations('subscriptions.screen');
  const words = useWords();
  const history = useQuery(
    apiQuery.subscriptions.history.queryOptions({
      input: { id: subscription.id },
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
  return (
    <Together>
      <PageHeader
        title={subscription.domainTitle}
        lead={`${words(subscription.productName)}, ${words(subscription.planName)}`}
        crumbs={[{ label: text('title'), href: clientPaths.packages() }]}
        status={<PackageBadge state={subscription.state} />}
      />
      <Columns main>
        <Stack>
          <PackageCallout subscription={subscription} />
          <Panels place="top" subscription={subscription} />
          <ComponentsCard subscription={subscription} />
          <Panels place="main" subscription={subscription} />
          <HistoryCard
            subscription={subscription}
            items={history.data?.items ?? []}
            invoiceHref={(invoiceId) => clientPaths.invoice({ invoiceId })}
          />
        </Stack>
        <Stack>
          <PackageFacts subscription={subscription} />
          <Panels place="side" subscription={subscription} />
        </Stack>
      </Columns>
    </Together>
  );
}

function Panels({
  place,
  subscription,
}: Pick<PackagePanel, 'place'> & { subscription: PackageView }) {
  return PANELS.filter((one) => one.place === place).map(({ id, Panel }) => (
    <Panel key={id} subscription={subscription} />
  ));
}
