import { IconExternalLink } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Button } from '#web/ui/button.tsx';
import { Row } from '#web/ui/layout.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { useToast } from '#web/ui/toast.tsx';
import type { GuardedNode } from './guarded-nodes-page.tsx';

/** A vendor's agent: put on, taken off, and the way into the vendor's own console. */
export function AgentActions({ node }: { node: GuardedNode }) {
  const text = useTranslations('protection.nodes');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const { nodeId: id, can, agentState } = node;
  const refused = (error: unknown) => say(failureText(error), 'bad');
  const change = useMutation({
    mutationFn: (verb: 'install' | 'uninstall') => api.protection.admin.nodes[verb]({ id }),
    onSuccess: async ({ agentState: state }) => {
      say(text(`agentStates.${state}`));
      await queries.invalidateQueries({ queryKey: apiQuery.protection.key() });
    },
    onError: refused,
  });
  const console = useMutation({
    mutationFn: () => api.protection.admin.nodes.signOn({ id }),
    onSuccess: ({ url }) => {
      globalThis.open(url, '_blank', 'noopener,noreferrer');
    },
    onError: refused,
  });
  if (!can || (!can.install && !can.signOn)) return null;
  return (
    <Row gap={2}>
      {can.install && agentState !== 'installed' && (
        <Button size="small" busy={change.isPending} onClick={() => change.mutate('install')}>
          {text('install')}
        </Button>
      )}
      {can.install && agentState !== 'absent' && (
        <Button size="small" busy={change.isPending} onClick={() => change.mutate('uninstall')}>
          {text('uninstall')}
        </Button>
      )}
      {can.signOn && (
        <Button
          size="small"
          icon={IconExternalLink}
          busy={console.isPending}
          onClick={() => console.mutate()}
        >
          {text('signOn')}
        </Button>
      )}
    </Row>
  );
}
