import { IconServer2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { ApiClient } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { AddServer } from './add-server.tsx';
import { DefaultMode } from './default-mode.tsx';
import { EnginesCard } from './engines-card.tsx';
import { FindingResponse } from './finding-response.tsx';
import { GuardedNodeCard } from './guarded-node-card.tsx';
import { ProtectionFrame } from './protection-frame.tsx';

const LOOK_AGAIN_MS = 5000;

export type GuardedNode = Awaited<
  ReturnType<ApiClient['protection']['admin']['nodes']['list']>
>['items'][number];

/** Servers by risk: who guards them, how, and whether they answer. */
export function GuardedNodesPage() {
  const text = useTranslations('protection.nodes');
  const mayWrite = allowed(useSession(), 'protection.write');
  const nodes = useQuery(
    apiQuery.protection.admin.nodes.list.queryOptions({
      input: {},
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
  return (
    <ProtectionFrame tab="nodes" actions={mayWrite && <AddServer />}>
      {nodes.error && <FailureCallout error={nodes.error} onRetry={nodes.refetch} />}
      {!nodes.error && !nodes.data && <PageSkeleton />}
      {nodes.data && (
        <>
          {nodes.data.items.length === 0 && <EmptyState icon={IconServer2} title={text('empty')} />}
          {nodes.data.items.map((node) => (
            <GuardedNodeCard key={node.nodeId} node={node} mayWrite={mayWrite} />
          ))}
          {mayWrite && nodes.data.items.length > 0 && <DefaultMode mode={nodes.data.defaultMode} />}
          {mayWrite && <FindingResponse />}
          <EnginesCard />
        </>
      )}
    </ProtectionFrame>
  );
}
