import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { Select } from '#web/ui/select.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { useWords } from '#web/ui/use-words.ts';
import { NodeForm } from './node-form.tsx';

const CAPACITY = 100;

/** Adds a node: which kind of server, then how to speak to it. */
export function NewNodePage() {
  const text = useTranslations('hosting.nodes');
  const words = useWords();
  const navigation = useNavigation();
  const [chosen, setChosen] = useState<string | null>(null);
  const modules = useQuery(apiQuery.hosting.admin.nodes.modules.queryOptions({ input: {} }));
  if (modules.error) return <FailureCallout error={modules.error} onRetry={modules.refetch} />;
  if (!modules.data) return <PageSkeleton />;
  const { items } = modules.data;
  const module = items.find(({ id }) => id === chosen) ?? items[0];
  return (
    <>
      <PageHeader
        title={text('addTitle')}
        crumbs={[{ label: text('title'), href: adminPaths.nodes() }]}
      />
      <Card>
        {module ? (
          <Stack>
            <Select
              label={text('module')}
              value={module.id}
              onChange={setChosen}
              options={items.map(({ id, title }) => ({ value: id, label: words(title) }))}
            />
            <NodeForm
              key={module.id}
              settings={module.settings}
              start={{ name: '', state: 'open', capacity: CAPACITY }}
              submit={text('add')}
              save={(values) => api.hosting.admin.nodes.create({ moduleId: module.id, ...values })}
              onSaved={() => navigation.go(adminPaths.nodes())}
            />
          </Stack>
        ) : (
          <Callout tone="wait">{text('noModules')}</Callout>
        )}
      </Card>
    </>
  );
}
