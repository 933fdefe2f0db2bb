import { IconExternalLink, IconFolder } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import type { PackageView } from '#web/client/package-panels.ts';
import { clientPaths } from '#web/paths.ts';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { failureOf } from '#web/ui/refusal.ts';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { formatBytes, megabytes } from '../format-bytes.ts';
import { UsageBar } from '../usage-bar.tsx';
import { AccountsCard } from './accounts-card.tsx';
import type { HostedPackage } from './hosted-package.ts';

const LOOK_AGAIN_MS = 10_000;

/** What the subscription has on its server: its site, how full it is, its accounts. */
export function HostingPanel({ subscription }: { subscription: PackageView }) {
  const isLive = subscription.state === 'active' || subscription.state === 'suspended';
  const hosted = useQuery({
    ...apiQuery.hosting.package.get.queryOptions({
      input: { subscriptionId: subscription.id },
      refetchInterval: LOOK_AGAIN_MS,
    }),
    enabled: isLive,
  });
  if (!isLive) return null;
  if (!hosted.data) {
    const failure = hosted.error && failureOf(hosted.error);
    if (failure?.kind === 'refused' && failure.refusal.code === 'package-not-found') return null;
    if (hosted.error) return <FailureCallout error={hosted.error} onRetry={hosted.refetch} />;
    return <CardSkeleton />;
  }
  const { state } = hosted.data;
  if (state === 'creating' || state === 'terminated') return null;
  return (
    <>
      <SiteCard hosted={hosted.data} />
      {hosted.data.can.accounts && <AccountsCard hosted={hosted.data} />}
    </>
  );
}

function SiteCard({ hosted }: { hosted: HostedPackage }) {
  const text = useTranslations('hosting.package');
  const { url, can, subscriptionId, addresses } = hosted;
  const primary = useQuery({
    ...apiQuery.hosting.accounts.list.queryOptions({ input: { subscriptionId } }),
    enabled: can.files,
  }).data?.items.find(({ isPrimary }) => isPrimary);
  return (
    <Card
      title={text('title')}
      actions={
        <>
          {primary && (
            <LinkButton
              size="small"
              icon={IconFolder}
              href={clientPaths.files({ subscriptionId, accountId: primary.id })}
            >
              {text('files')}
            </LinkButton>
          )}
          {url && (
            <LinkButton
              size="small"
              icon={IconExternalLink}
              href={url}
              target="_blank"
              rel="noopener noreferrer"
            >
              {text('openSite')}
            </LinkButton>
          )}
        </>
      }
    >
      <Stack gap={6}>
        {hosted.standIn && <Callout tone="info">{text('standIn')}</Callout>}
        <KeyValue
          facts={[
            url !== null && {
              label: text('address'),
              value: (
                <a href={url} target="_blank" rel="noopener noreferrer">
                  {url}
                </a>
              ),
            },
            { label: text('username'), value: <code>{hosted.username}</code> },
            addresses.length > 0 && {
              label: text('ownAddress', { count: addresses.length }),
              value: <code>{addresses.join(', ')}</code>,
            },
          ]}
        />
        {can.usage && <Usage hosted={hosted} />}
      </Stack>
    </Card>
  );
}

function Usage({ hosted }: { hosted: HostedPackage }) {
  const text = useTranslations('hosting.package');
  const locale = useLocale();
  const { subscriptionId, limits } = hosted;
  const usage = useQuery(
    apiQuery.hosting.package.usage.queryOptions({
      input: { subscriptionId },
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
  if (usage.error && !usage.data) {
    return <FailureCallout error={usage.error} onRetry={usage.refetch} />;
  }
  const inBytes = (mb: number | null) => (mb === null ? null : megabytes(mb));
  const bytes = (amount: number) => formatBytes(amount, locale);
  const count = (amount: number) => new Intl.NumberFormat(locale).format(amount);
  const { accounts = 0, diskBytes = 0, trafficBytes = 0 } = usage.data ?? {};
  return (
    <div className="hosting-usage" aria-busy={usage.data ? undefined : true}>
      <UsageBar
        label={text('disk')}
        used={diskBytes}
        limit={inBytes(limits.diskMb)}
        format={bytes}
      />
      <UsageBar
        label={text('traffic')}
        used={trafficBytes}
        limit={inBytes(limits.trafficMb)}
        format={bytes}
      />
      <UsageBar label={text('accounts')} used={accounts} limit={limits.accounts} format={count} />
    </div>
  );
}
