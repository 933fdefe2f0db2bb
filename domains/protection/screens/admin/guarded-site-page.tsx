import { IconShieldSearch } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import type { ApiClient } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { ModeBadge, StandingBadge } from '../badges.tsx';
import { ScanCard } from '../client/scan-card.tsx';
import { SiteFigures } from '../client/site-cards.tsx';
import { SiteStanding } from '../client/site-standing.tsx';
import { isScanning } from '../protection-view.ts';
import { SitePolicy } from './site-policy.tsx';

const LOOK_AGAIN_MS = 5000;

export type GuardedSite = Awaited<ReturnType<ApiClient['protection']['admin']['accounts']['get']>>;

/** One site for staff: how it stands, what holds for it, whose it is. */
export function GuardedSitePage() {
  const { accountId } = usePathParams(adminPaths.guardedSite);
  const query = useQuery(
    apiQuery.protection.admin.accounts.get.queryOptions({
      input: { accountId },
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
  if (query.data) return <SiteScreen site={query.data} />;
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  return <PageSkeleton />;
}

function SiteScreen({ site }: { site: GuardedSite }) {
  const text = useTranslations('protection.staff');
  const mayWrite = allowed(useSession(), 'protection.write');
  const { scan, accountId } = site;
  return (
    <>
      <PageHeader
        title={site.domainName}
        crumbs={[{ label: text('title'), href: adminPaths.protection() }]}
        status={<StandingBadge standing={site.standing} />}
        actions={
          <>
            <LinkButton href={`${adminPaths.findings()}?accountId=${accountId}`}>
              {text('tabs.findings')}
            </LinkButton>
            {mayWrite && site.mode !== 'off' && (
              <ScanNow accountId={accountId} busy={isScanning(scan)} />
            )}
          </>
        }
      />
      <Columns main>
        <Stack>
          <SiteStanding account={site} />
          {scan && (isScanning(scan) || scan.state === 'failed') && <ScanCard scan={scan} />}
          {mayWrite && <SitePolicy site={site} />}
        </Stack>
        <Stack>
          <About site={site} />
          <SiteFigures account={site} />
        </Stack>
      </Columns>
    </>
  );
}

function ScanNow({ accountId, busy }: { accountId: string; busy: boolean }) {
  const text = useTranslations('protection');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const scan = useMutation({
    mutationFn: () => api.protection.admin.accounts.scan({ accountId }),
    onSuccess: async () => {
      say(text('site.scanAsked'));
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
      {text('staff.scan')}
    </Button>
  );
}

function About({ site }: { site: GuardedSite }) {
  const text = useTranslations('protection.staff');
  const { clientId, clientName, subscriptionId, domainName, node } = site;
  return (
    <Card title={text('about')} actions={<ModeBadge mode={site.mode} />}>
      <KeyValue
        facts={[
          {
            label: text('client'),
            value: <Link href={adminPaths.client({ clientId })}>{clientName}</Link>,
          },
          {
            label: text('package'),
            value: <Link href={adminPaths.package({ subscriptionId })}>{domainName}</Link>,
          },
          node !== null && {
            label: text('node'),
            value: <Link href={adminPaths.node({ nodeId: node.id })}>{node.name}</Link>,
          },
          { label: text('risk'), value: site.risk },
          { label: text('mended30'), value: site.mended },
        ]}
      />
    </Card>
  );
}
