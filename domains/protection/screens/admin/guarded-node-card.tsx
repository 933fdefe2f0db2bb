import { IconRefresh, IconSettings } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { StatusBadge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { useToast } from '#web/ui/toast.tsx';
import { useWords } from '#web/ui/use-words.ts';
import { NodeSources } from './node-sources.tsx';
import { AgentActions } from './agent-actions.tsx';
import { GuardServer } from './guard-server.tsx';
import type { GuardedNode } from './guarded-nodes-page.tsx';
import { NodeDialog } from './node-dialog.tsx';

type Props = { node: GuardedNode; mayWrite: boolean };

/** One server: who guards it, what it is to do, when it answered last. */
export function GuardedNodeCard({ node, mayWrite }: Props) {
  const text = useTranslations('protection');
  const words = useWords();
  const [setting, setSetting] = useState(false);
  const { mode, engineTitle, lastError, syncedAt, metrics } = node;
  return (
    <Card
      title={<Link href={adminPaths.node({ nodeId: node.nodeId })}>{node.name}</Link>}
      actions={
        mayWrite && (
          <>
            {node.engineId !== null && node.server === null && <PullNow node={node} />}
            <Button
              size="small"
              icon={IconSettings}
              aria-label={text('nodes.setUpOf', { name: node.name })}
              onClick={() => setSetting(true)}
            >
              {text('nodes.setUp')}
            </Button>
          </>
        )
      }
    >
      <Stack>
        {lastError !== null && (
          <Callout tone="bad" title={text('nodes.lastError')}>
            {text('nodes.failed', { attempts: node.attempts, error: lastError })}
          </Callout>
        )}
        {node.lostEvents > 0 && (
          <Callout tone="wait">{text('nodes.lost', { count: node.lostEvents })}</Callout>
        )}
        <KeyValue
          facts={[
            {
              label: text('nodes.engine'),
              value: engineTitle ? words(engineTitle) : text('nodes.nobody'),
            },
            {
              label: text('nodes.mode'),
              value: mode === null ? text('nodes.asDefault') : text(`modes.${mode}`),
            },
            {
              label: text('nodes.accounts'),
              value: `${node.protectedAccounts} / ${node.accounts}`,
            },
            { label: text('nodes.open'), value: node.openFindings },
            { label: text('staff.risk'), value: node.risk },
            node.server === null && {
              label: text('nodes.synced'),
              value:
                lastError === null && syncedAt !== null ? (
                  <DateText at={syncedAt} time />
                ) : (
                  <StatusBadge tone={node.engineId === null ? 'idle' : 'bad'}>
                    {text(syncedAt === null ? 'nodes.never' : 'nodes.silent')}
                  </StatusBadge>
                ),
            },
            node.can?.install === true && {
              label: text('nodes.agent'),
              value: text(`nodes.agentStates.${node.agentState}`),
            },
          ]}
        />
        {metrics && (
          <p className="ui-muted ui-small">
            {text('nodes.metrics', { records: metrics.records, files: metrics.scannedFiles })}
          </p>
        )}
        <NodeSources node={node} />
        {node.server && <GuardServer node={node} server={node.server} mayWrite={mayWrite} />}
        {mayWrite && <AgentActions node={node} />}
      </Stack>
      {setting && <NodeDialog node={node} onClose={() => setSetting(false)} />}
    </Card>
  );
}

function PullNow({ node }: { node: GuardedNode }) {
  const text = useTranslations('protection.nodes');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const pull = useMutation({
    mutationFn: () => api.protection.admin.nodes.pull({ id: node.nodeId }),
    onSuccess: async ({ lastError }) => {
      say(text(lastError === null ? 'pulled' : 'pulledBad'), lastError === null ? 'good' : 'bad');
      await queries.invalidateQueries({ queryKey: apiQuery.protection.key() });
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  return (
    <Button
      size="small"
      icon={IconRefresh}
      busy={pull.isPending}
      aria-label={text('pullOf', { name: node.name })}
      onClick={() => pull.mutate()}
    >
      {text('pull')}
    </Button>
  );
}
