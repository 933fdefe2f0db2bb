import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { clientPaths } from '#web/paths.ts';
import { useAddress } from '#web/ui/address.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { FolderCard } from './folder-card.tsx';

/** Where a site's own files are; what is opened first. */
const SITE_FOLDER = 'public_html';

/** Files of one hosting account, folder by folder; the folder stands in the address. */
export function FilesPage() {
  const text = useTranslations('hosting.files');
  const { subscriptionId, accountId } = usePathParams(clientPaths.files);
  const folder = useAddress().search.get('folder') ?? SITE_FOLDER;
  const input = { subscriptionId };
  const accounts = useQuery(apiQuery.hosting.accounts.list.queryOptions({ input }));
  const hosted = useQuery(apiQuery.hosting.package.get.queryOptions({ input }));
  const error = accounts.error ?? hosted.error;
  if (error) return <FailureCallout error={error} onRetry={accounts.refetch} />;
  if (!accounts.data || !hosted.data) return <PageSkeleton />;
  const account = accounts.data.items.find(({ id }) => id === accountId);
  if (!account) return <Callout tone="bad">{text('gone')}</Callout>;
  return (
    <>
      <PageHeader
        title={text('titleOf', { domain: account.domainName })}
        crumbs={[{ label: hosted.data.domainName, href: clientPaths.package({ subscriptionId }) }]}
        actions={
          account.url && (
            <LinkButton href={account.url} target="_blank" rel="noopener noreferrer">
              {text('openSite')}
            </LinkButton>
          )
        }
      />
      <Stack>
        {hosted.data.state === 'suspended' && <Callout tone="wait">{text('suspended')}</Callout>}
        <FolderCard accountId={accountId} folder={folder} />
      </Stack>
    </>
  );
}
