import { IconListSearch } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import type { ApiClient } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { StatusBadge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { ProtectionFrame } from './protection-frame.tsx';

const DAYS = 30;
const LOOK_AGAIN_MS = 15_000;

type Report = Awaited<ReturnType<ApiClient['protection']['admin']['rules']['list']>>;

/** Rules that fire too much, and the engines' doubts about themselves. */
export function RulesPage() {
  const text = useTranslations('protection.rules');
  const report = useQuery(
    apiQuery.protection.admin.rules.list.queryOptions({
      input: { days: DAYS },
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
  return (
    <ProtectionFrame tab="rules" lead={text('lead', { days: DAYS })}>
      {report.error && <FailureCallout error={report.error} onRetry={report.refetch} />}
      {!report.error && !report.data && <CardSkeleton />}
      {report.data && (
        <>
          <Alarms alarms={report.data.alarms} />
          <Rules rules={report.data.rules} />
        </>
      )}
    </ProtectionFrame>
  );
}

function Alarms({ alarms }: Pick<Report, 'alarms'>) {
  const text = useTranslations('protection');
  const mayWrite = allowed(useSession(), 'protection.write');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const settle = useMutation({
    mutationFn: (alarm: { nodeId: string; seq: number }) =>
      api.protection.admin.rules.settle(alarm),
    onSuccess: async () => {
      say(text('rules.settled'));
      await queries.invalidateQueries({ queryKey: apiQuery.protection.admin.rules.key() });
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  return (
    <Card title={text('rules.alarms')}>
      {alarms.length === 0 && <p className="ui-muted">{text('rules.noAlarms')}</p>}
      <Stack gap={3}>
        {alarms.map(({ nodeId, seq, kind, rule, words, at }) => (
          <Callout
            key={`${nodeId} ${seq}`}
            tone={kind === 'circuit-open' || kind === 'known-good-hit' ? 'bad' : 'wait'}
            title={text(`alarmKinds.${kind}`)}
            actions={
              mayWrite && (
                <Button size="small" onClick={() => settle.mutate({ nodeId, seq })}>
                  {text('rules.settle')}
                </Button>
              )
            }
          >
            <p>
              {rule !== null && <code>{rule}</code>} {words}
            </p>
            <p className="ui-muted ui-small">
              <DateText at={at} time />
            </p>
          </Callout>
        ))}
      </Stack>
    </Card>
  );
}

function Rules({ rules }: Pick<Report, 'rules'>) {
  const text = useTranslations('protection.rules');
  if (rules.length === 0) {
    return (
      <Card flush>
        <EmptyState icon={IconListSearch} title={text('empty')}>
          {text('emptyHelp')}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card flush title={text('title')}>
      <Table
        label={text('title')}
        rows={rules}
        rowKey={({ rule }) => rule}
        columns={[
          {
            id: 'rule',
            header: text('rule'),
            cell: ({ rule, circuitsOpen }) => (
              <span className="ui-row ui-gap-2">
                <Link href={`${adminPaths.findings()}?rule=${encodeURIComponent(rule)}`}>
                  <code>{rule}</code>
                </Link>
                {circuitsOpen > 0 && <StatusBadge tone="bad">{text('stopped')}</StatusBadge>}
              </span>
            ),
          },
          { id: 'hits', header: text('hits'), align: 'end', cell: ({ hits }) => hits },
          { id: 'undone', header: text('undone'), align: 'end', cell: ({ undone }) => undone },
          {
            id: 'toDecide',
            header: text('toDecide'),
            align: 'end',
            cell: ({ toDecide }) => toDecide,
          },
          { id: 'sites', header: text('accounts'), align: 'end', cell: ({ accounts }) => accounts },
          {
            id: 'knownGood',
            header: text('knownGood'),
            align: 'end',
            cell: ({ knownGoodHits }) => knownGoodHits,
          },
          {
            id: 'lastAt',
            header: text('lastAt'),
            align: 'end',
            cell: ({ lastAt }) => <DateText at={lastAt} time />,
          },
        ]}
      />
    </Card>
  );
}
