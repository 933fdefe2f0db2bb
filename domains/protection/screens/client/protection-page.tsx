import { IconShieldSearch } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { clientPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { StandingBadge } from '../badges.tsx';
import { isScanning } from '../protection-view.ts';
import type { SiteProtection, SiteScan } from '../protection-view.ts';
import { FindingsTable } from './findings-table.tsx';
import { NextSteps } from './next-steps.tsx';
import { ScanCard } from './scan-card.tsx';
import { SiteFigures, SiteMode } from './site-cards.tsx';
import { SiteStanding } from './site-standing.tsx';

const LOOK_AGAIN_MS = 5000;
const WHILE_SCANNING_MS = 1500;

/** One site for whoever owns it: is it clean, what was found, what was done, what is next. */
export function ProtectionPage() {
  const text = useTranslations('protection.site');
  const { subscriptionId, accountId } = usePathParams(clientPaths.protection);
  const query = useQuery(
    apiQuery.protection.account.queryOptions({
      input: { id: accountId },
      refetchInterval: ({ state }) =>
        isScanning(state.data?.scan) ? WHILE_SCANNING_MS : LOOK_AGAIN_MS,
    }),
  );
  const subscription = useQuery(
    apiQuery.subscriptions.get.queryOptions({ input: { id: subscriptionId } }),
  );
  const error = query.error ?? subscription.error;
  if (!query.data || !subscription.data) {
    if (error) return <FailureCallout error={error} onRetry={query.refetch} />;
    return <PageSkeleton />;
  }
  const { account, scan } = query.data;
  const crumbs = [
    { label: subscription.data.domainTitle, href: clientPaths.package({ subscriptionId }) },
  ];
  if (!account) {
    return (
      <>
        <PageHeader
          title={text('title', { domain: subscription.data.domainTitle })}
          crumbs={crumbs}
        />
        <Callout tone="info">{text('unvisited')}</Callout>
      </>
    );
  }
  return <Site account={account} scan={scan} crumbs={crumbs} />;
}

type Props = {
  account: SiteProtection;
  scan: SiteScan | null;
  crumbs: { label: string; href: string }[];
};

function Site({ account, scan, crumbs }: Props) {
  const text = useTranslations('protection.site');
  const { standing, summary, domainName, mode } = account;
  return (
    <>
      <PageHeader
        title={text('title', { domain: domainName })}
        crumbs={crumbs}
        status={<StandingBadge standing={standing} />}
        actions={
          mode !== 'off' && <ScanNow accountId={account.accountId} busy={isScanning(scan)} />
        }
      />
      <Columns main>
        <Stack>
          <SiteStanding account={account} />
          {scan && (isScanning(scan) || scan.state === 'failed') && <ScanCard scan={scan} />}
          <FindingsTable account={account} />
          {(summary.records > 0 || account.mended > 0) && <NextSteps />}
        </Stack>
        <Stack>
          <SiteMode account={account} />
          <SiteFigures account={account} />
        </Stack>
      </Columns>
    </>
  );
}

function ScanNow({ accountId, busy }: { accountId: string; busy: boolean }) {
  const text = useTranslations('protection.site');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const scan = useMutation({
    mutationFn: () => api.protection.scan({ id: accountId }),
    onSuccess: async () => {
      say(text('scanAsked'));
      await queries.invalidateQueries({ queryKey: apiQuery.protection.key() });
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  return (
    <Button
      tone="primary"
      icon={IconShieldSearch}
      busy={scan.isPending}
      disabled={busy}
      onClick={() => scan.mutate()}
    >
      {text('scan')}
    </Button>
  );
}
