import { IconKey, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { StatusBadge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Row, Stack } from '#web/ui/layout.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { useToast } from '#web/ui/toast.tsx';
import type { Tone } from '#web/ui/tone.ts';
import type { GuardedNode } from './guarded-nodes-page.tsx';
import { JoinCommand } from './join-command.tsx';
import { ServerScan } from './server-scan.tsx';

type Server = NonNullable<GuardedNode['server']>;
type Props = { node: GuardedNode; server: Server; mayWrite: boolean };

const TONE: Readonly<Record<Server['state'], Tone>> = {
  joining: 'wait',
  joined: 'good',
  silent: 'bad',
  revoked: 'idle',
};

/** A server that calls us: whether it does, what it watches with, what it has still to fetch. */
export function GuardServer({ node, server, mayWrite }: Props) {
  const text = useTranslations('protection.servers');
  const { state, heardAt, hostName, version, watcher, watcherWhy, homes, waitingOrders } = server;
  return (
    <Stack>
      <KeyValue
        facts={[
          {
            label: text('state'),
            value: <StatusBadge tone={TONE[state]}>{text(`states.${state}`)}</StatusBadge>,
          },
          {
            label: text('heard'),
            value: heardAt === null ? text('never') : <DateText at={heardAt} time />,
          },
          hostName !== null && { label: text('host'), value: hostName },
          version !== null && { label: text('version'), value: version },
          watcher !== null && {
            label: text('watcher'),
            value: (
              <>
                {text(`watchers.${watcher}`)}
                {watcherWhy !== null && <span className="ui-muted"> ({watcherWhy})</span>}
              </>
            ),
          },
          homes !== null && { label: text('homes'), value: <code>{homes}</code> },
          { label: text('accounts'), value: server.accounts },
          server.rules !== null && { label: text('rules'), value: server.rules },
          { label: text('orders'), value: waitingOrders },
        ]}
      />
      {mayWrite && <ServerActions node={node} server={server} />}
    </Stack>
  );
}

function ServerActions({ node, server }: Omit<Props, 'mayWrite'>) {
  const text = useTranslations('protection.servers');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const [code, setCode] = useState<string | null>(null);
  const [revoking, setRevoking] = useState(false);
  const { nodeId: id, name } = node;
  const refresh = () => queries.invalidateQueries({ queryKey: apiQuery.protection.key() });
  const refused = (error: unknown) => say(failureText(error), 'bad');
  const another = useMutation({
    mutationFn: () => api.protection.admin.servers.code({ id }),
    onSuccess: (joining) => {
      setCode(joining.code);
      void refresh();
    },
    onError: refused,
  });
  const rotate = useMutation({
    mutationFn: () => api.protection.admin.servers.rotate({ id }),
    onSuccess: () => say(text('rotated')),
    onError: refused,
  });
  const isIn = server.state === 'joined' || server.state === 'silent';
  return (
    <Row gap={2}>
      {isIn && <ServerScan id={id} name={name} />}
      <Button
        size="small"
        icon={IconRefresh}
        busy={another.isPending}
        aria-label={text('newCodeOf', { name })}
        onClick={() => another.mutate()}
      >
        {text(isIn ? 'joinAgain' : 'newCode')}
      </Button>
      {isIn && (
        <Button
          size="small"
          icon={IconKey}
          busy={rotate.isPending}
          aria-label={text('rotateOf', { name })}
          onClick={() => rotate.mutate()}
        >
          {text('rotate')}
        </Button>
      )}
      {server.state !== 'revoked' && (
        <Button
          size="small"
          tone="danger"
          icon={IconPlugConnectedX}
          aria-label={text('revokeOf', { name })}
          onClick={() => setRevoking(true)}
        >
          {text('revoke')}
        </Button>
      )}
      {code !== null && (
        <Dialog open onClose={() => setCode(null)} title={text('joinOf', { name })}>
          <JoinCommand code={code} onClose={() => setCode(null)} />
        </Dialog>
      )}
      {revoking && (
        <ConfirmDialog
          open
          onClose={() => setRevoking(false)}
          title={text('revokeOf', { name })}
          typed={name}
          confirm={text('revoke')}
          onConfirm={async () => {
            await api.protection.admin.servers.revoke({ id });
            say(text('revoked'));
            await refresh();
          }}
        >
          {text('revokeHelp')}
        </ConfirmDialog>
      )}
    </Row>
  );
}
