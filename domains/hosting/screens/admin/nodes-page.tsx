import { IconPlus, IconServer2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';
import { useWords } from '#web/ui/use-words.ts';
import { NodeAnswer } from './node-answer.tsx';
import { NodeBadge } from './node-badge.tsx';

/** Servers that take packages: how full, whether they answer. */
export function NodesPage() {
  const text = useTranslations('hosting.nodes');
  const words = useWords();
  const mayWrite = allowed(useSession(), 'hosting.write');
  const nodes = useQuery(apiQuery.hosting.admin.nodes.list.queryOptions({ input: {} }));
  if (nodes.error) return <FailureCallout error={nodes.error} onRetry={nodes.refetch} />;
  if (!nodes.data) return <PageSkeleton />;
  return (
    <>
      <PageHeader
        title={text('title')}
        actions={
          mayWrite && (
            <LinkButton tone="primary" icon={IconPlus} href={adminPaths.newNode()}>
              {text('add')}
            </LinkButton>
          )
        }
      />
      {nodes.data.items.length === 0 ? (
        <EmptyState icon={IconServer2} title={text('empty')}>
          {text('emptyHelp')}
        </EmptyState>
      ) : (
        <Card flush>
          <Table
            label={text('title')}
            rows={nodes.data.items}
            rowKey={({ id }) => id}
            rowHref={({ id }) => adminPaths.node({ nodeId: id })}
            columns={[
              { id: 'name', header: text('name'), cell: ({ name }) => name },
              {
                id: 'module',
                header: text('module'),
                cell: ({ moduleTitle }) => words(moduleTitle),
              },
              {
                id: 'state',
                header: text('state'),
                cell: ({ state }) => <NodeBadge state={state} />,
              },
              {
                id: 'answers',
                header: text('connection'),
                cell: ({ id }) => <NodeAnswer nodeId={id} />,
              },
              {
                id: 'packages',
                header: text('packages'),
                align: 'end',
                cell: ({ packages, capacity }) => `${packages} / ${capacity}`,
              },
            ]}
          />
        </Card>
      )}
    </>
  );
}
