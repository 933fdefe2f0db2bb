import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { StatusBadge } from '#web/ui/badge.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';

const LOOK_AGAIN_MS = 15_000;

/** What a node says of itself, asked now and every few seconds. */
export function useNodeStatus(nodeId: string) {
  return useQuery(
    apiQuery.hosting.admin.nodes.status.queryOptions({
      input: { id: nodeId },
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
}

export function NodeAnswer({ nodeId }: { nodeId: string }) {
  const text = useTranslations('hosting.nodes');
  const status = useNodeStatus(nodeId);
  if (!status.data) return status.error ? null : <Skeleton width="80px" />;
  const { answers } = status.data;
  return (
    <StatusBadge tone={answers ? 'good' : 'bad'}>
      {text(answers ? 'answers' : 'silent')}
    </StatusBadge>
  );
}
