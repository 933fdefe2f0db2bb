import {
  IconDots,
  IconFolder,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { Badge, StatusBadge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { Table } from '#web/ui/table.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { CreateAccountDialog } from './create-account-dialog.tsx';
import type { HostedPackage, HostingAccount } from './hosted-package.ts';

const PENDING_MS = 2000;
const TONE = { creating: 'info', active: 'good', suspended: 'wait' } as const;

/** Accounts of a package: make one, open it, its files, stop it, delete it. */
export function AccountsCard({ hosted }: { hosted: HostedPackage }) {
  const text = useTranslations('hosting.accounts');
  const { subscriptionId, limits } = hosted;
  const [creating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<HostingAccount | null>(null);
  const reload = useReload();
  const accounts = useQuery(
    apiQuery.hosting.accounts.list.queryOptions({
      input: { subscriptionId },
      refetchInterval: ({ state }) =>
        state.data?.items.some(({ isPending }) => isPending) ? PENDING_MS : false,
    }),
  );
  if (accounts.error) return <FailureCallout error={accounts.error} onRetry={accounts.refetch} />;
  const items = accounts.data?.items ?? [];
  // A suspended package keeps every site from answering, whatever its owner set.
  const isDown = hosted.state === 'suspended';
  const isFull = limits.accounts !== null && items.length >= limits.accounts;
  return (
    <Card
      title={text('title')}
      flush
      actions={
        <Button
          size="small"
          icon={IconPlus}
          disabled={isFull || isDown}
          onClick={() => setCreating(true)}
        >
          {text('create')}
        </Button>
      }
      foot={isFull && <span className="ui-muted">{text('full')}</span>}
    >
      <Table
        label={text('title')}
        rows={items}
        rowKey={({ id }) => id}
        columns={[
          {
            id: 'domain',
            header: text('domain'),
            cell: (account) => <Domain account={account} />,
          },
          {
            id: 'username',
            header: text('username'),
            cell: ({ username }) => <code>{username}</code>,
          },
          {
            id: 'state',
            header: text('state'),
            cell: (account) => {
              const state = isDown ? 'suspended' : account.state;
              return <StatusBadge tone={TONE[state]}>{text(`states.${state}`)}</StatusBadge>;
            },
          },
          {
            id: 'actions',
            header: '',
            align: 'end',
            width: '56px',
            cell: (account) => (
              <AccountMenu
                hosted={hosted}
                account={account}
                onDelete={() => setDeleting(account)}
              />
            ),
          },
        ]}
      />
      {creating && (
        <CreateAccountDialog
          subscriptionId={subscriptionId}
          onClose={() => setCreating(false)}
          onDone={reload}
        />
      )}
      {deleting && (
        <ConfirmDialog
          open
          onClose={() => setDeleting(null)}
          title={text('deleteTitle', { domain: deleting.domainName })}
          confirm={text('delete')}
          typed={deleting.domainName}
          onConfirm={async () => {
            const { id, domainName } = deleting;
            await api.hosting.accounts.delete({ id, domainName });
            await reload();
          }}
        >
          {text('deleteWhat')}
        </ConfirmDialog>
      )}
    </Card>
  );
}

function Domain({ account }: { account: HostingAccount }) {
  const text = useTranslations('hosting.accounts');
  const { domainName, url, isPrimary } = account;
  return (
    <span className="ui-row ui-gap-2">
      {url ? (
        <a href={url} target="_blank" rel="noopener noreferrer">
          {domainName}
        </a>
      ) : (
        domainName
      )}
      {isPrimary && <Badge>{text('primary')}</Badge>}
    </span>
  );
}

type MenuProps = { hosted: HostedPackage; account: HostingAccount; onDelete: () => void };

function AccountMenu({ hosted, account, onDelete }: MenuProps) {
  const text = useTranslations('hosting.accounts');
  const say = useToast();
  const failureText = useFailureText();
  const reload = useReload();
  const { id, state, isPrimary, domainName } = account;
  const { subscriptionId } = hosted;
  const isSuspended = state === 'suspended';
  async function toggle() {
    try {
      await (isSuspended
        ? api.hosting.accounts.unsuspend({ id })
        : api.hosting.accounts.suspend({ id }));
      await reload();
    } catch (error) {
      say(failureText(error), 'bad');
    }
  }
  return (
    <Menu
      label={text('actionsOf', { domain: domainName })}
      trigger={(props) => (
        <IconButton {...props} icon={IconDots} label={text('actionsOf', { domain: domainName })} />
      )}
      items={[
        hosted.can.files && {
          label: text('files'),
          icon: IconFolder,
          disabled: state === 'creating',
          href: clientPaths.files({ subscriptionId, accountId: id }),
        },
        {
          label: text(isSuspended ? 'unsuspend' : 'suspend'),
          icon: isSuspended ? IconPlayerPlay : IconPlayerPause,
          disabled: state === 'creating' || hosted.state === 'suspended',
          onSelect: () => void toggle(),
        },
        !isPrimary && {
          label: text('delete'),
          icon: IconTrash,
          danger: true,
          onSelect: onDelete,
        },
      ]}
    />
  );
}

function useReload(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: apiQuery.hosting.key() });
}
