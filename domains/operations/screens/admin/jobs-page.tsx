import { IconListCheck } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { ApiClient } from '#web/api.ts';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { StatusBadge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { useToast } from '#web/ui/toast.tsx';
import type { Tone } from '#web/ui/tone.ts';
import './jobs-page.css';

type Job = Awaited<ReturnType<ApiClient['operations']['jobs']>>['items'][number];

const STATES = ['failed', 'retry', 'active', 'created', 'completed', 'cancelled'] as const;
const TONE: Readonly<Record<Job['state'], Tone>> = {
  failed: 'bad',
  retry: 'wait',
  active: 'info',
  created: 'wait',
  completed: 'good',
  cancelled: 'idle',
};
const LOOK_AGAIN_MS = 5000;

/** Work that waits, runs or has failed, and another try for what gave up. */
export function JobsPage() {
  const text = useTranslations('operations.jobs');
  const params = useListParams(['state'] as const);
  const mayRetry = allowed(useSession(), 'jobs.retry');
  const state = STATES.find((one) => one === params.query.state);
  const jobs = useQuery({
    ...apiQuery.operations.jobs.queryOptions({ input: { state, limit: 100 } }),
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_AGAIN_MS,
  });
  const counts = jobs.data?.counts ?? {};
  const labelOf = (one: Job['state']) => `${text(`states.${one}`)}: ${counts[one] ?? 0}`;
  return (
    <>
      <PageHeader title={text('title')} lead={text('about')} />
      <DataTable
        label={text('title')}
        query={{ ...jobs, data: jobs.data && { items: jobs.data.items, next: null } }}
        params={params}
        filters={[
          {
            name: 'state',
            label: text('state'),
            options: STATES.map((value) => ({ value, label: labelOf(value) })),
          },
        ]}
        rowKey={({ id }) => id}
        columns={[
          { id: 'name', header: text('name'), cell: (job) => <JobName job={job} /> },
          {
            id: 'state',
            header: text('state'),
            cell: ({ state: now }) => (
              <StatusBadge tone={TONE[now]}>{text(`states.${now}`)}</StatusBadge>
            ),
          },
          {
            id: 'tries',
            header: text('tries'),
            align: 'end',
            cell: ({ retryCount }) => retryCount,
          },
          {
            id: 'createdAt',
            header: text('createdAt'),
            cell: ({ createdAt }) => <DateText at={createdAt} time />,
          },
          {
            id: 'actions',
            header: '',
            align: 'end',
            cell: (job) => mayRetry && job.state === 'failed' && <Retry id={job.id} />,
          },
        ]}
        empty={
          <EmptyState icon={IconListCheck} title={text('empty')}>
            {text('emptyHelp')}
          </EmptyState>
        }
      />
    </>
  );
}

function JobName({ job }: { job: Job }) {
  return (
    <>
      <code className="ui-small">{job.name}</code>
      {job.error !== null && <span className="operations-error">{job.error}</span>}
    </>
  );
}

function Retry({ id }: { id: string }) {
  const text = useTranslations('operations.jobs');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const retry = useMutation({
    mutationFn: () => api.operations.retryJob({ id }),
    onSuccess: async () => {
      say(text('retried'));
      await queries.invalidateQueries({ queryKey: apiQuery.operations.jobs.key() });
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  return (
    <Button size="small" busy={retry.isPending} onClick={() => retry.mutate()}>
      {text('retry')}
    </Button>
  );
}
