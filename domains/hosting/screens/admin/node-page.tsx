import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api, type ApiClient } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { CardSkeleton, PageSkeleton } from '#web/ui/skeleton.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useWords } from '#web/ui/use-words.ts';
import { useNodeStatus } from './node-answer.tsx';
import { NodeBadge } from './node-badge.tsx';
import { NodeForm } from './node-form.tsx';
import { NodePackages } from './node-packages.tsx';

type NodeDetail = Awaited<ReturnType<ApiClient['hosting']['admin']['nodes']['get']>>;

/** One node: what it says of itself, its settings, the packages on it. */
export function NodePage() {
  const { nodeId } = usePathParams(adminPaths.node);
  const node = useQuery(apiQuery.hosting.admin.nodes.get.queryOptions({ input: { id: nodeId } }));
  if (node.error) return <FailureCallout error={node.error} onRetry={node.refetch} />;
  if (!node.data) return <PageSkeleton />;
  return <NodeScreen node={node.data} />;
}

type Props = { node: NodeDetail };

function NodeScreen({ node }: Props) {
  const text = useTranslations('hosting.nodes');
  const words = useWords();
  const mayWrite = allowed(useSession(), 'hosting.write');
  return (
    <>
      <PageHeader
        title={node.name}
        lead={words(node.moduleTitle)}
        crumbs={[{ label: text('title'), href: adminPaths.nodes() }]}
        status={<NodeBadge state={node.state} />}
      />
      <Columns main>
        <Stack>
          <NodePackages nodeId={node.id} />
          {mayWrite && <SettingsCard node={node} />}
        </Stack>
        <StatusCard node={node} />
      </Columns>
    </>
  );
}

function SettingsCard({ node }: Props) {
  const text = useTranslations('hosting.nodes');
  const say = useToast();
  const queries = useQueryClient();
  const { id, name, state, capacity, settings } = node;
  return (
    <Card title={text('settings')}>
      <NodeForm
        key={id}
        settings={settings}
        start={{ name, state, capacity }}
        submit={text('save')}
        save={(values) => api.hosting.admin.nodes.change({ id, ...values })}
        onSaved={() => {
          say(text('saved'));
          void queries.invalidateQueries({ queryKey: apiQuery.hosting.admin.nodes.key() });
        }}
      />
    </Card>
  );
}

function StatusCard({ node }: Props) {
  const text = useTranslations('hosting.nodes');
  const status = useNodeStatus(node.id);
  if (status.error) return <FailureCallout error={status.error} onRetry={status.refetch} />;
  if (!status.data) return <CardSkeleton />;
  const { answers, message, accounts, addressesFree, notes } = status.data;
  return (
    <Card title={text('now')}>
      <Stack>
        {!answers && (
          <Callout tone="bad" title={text('silent')}>
            {message}
          </Callout>
        )}
        {notes.map((note) => (
          <Callout key={note} tone="wait">
            {note}
          </Callout>
        ))}
        <KeyValue
          facts={[
            answers && { label: text('connection'), value: text('answers') },
            { label: text('packages'), value: `${node.packages} / ${node.capacity}` },
            accounts !== null && { label: text('accounts'), value: accounts },
            addressesFree !== null && { label: text('addressesFree'), value: addressesFree },
          ]}
        />
      </Stack>
    </Card>
  );
}
