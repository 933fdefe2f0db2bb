import { IconKeyOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import { formatInstant } from '#kit/format-date.ts';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';
import { useToast } from '#web/ui/toast.tsx';
import type { StraysWire } from '../../contract.ts';

type Stray = StraysWire['items'][number];

/** Live keys at the suppliers that nobody accounts for, and ending them. */
export function StraysPage() {
  const text = useTranslations('licences');
  const mayWrite = allowed(useSession(), 'licences.write');
  const strays = useQuery(apiQuery.licences.admin.strays.list.queryOptions({ input: {} }));
  if (strays.error) return <FailureCallout error={strays.error} onRetry={strays.refetch} />;
  if (!strays.data) return <PageSkeleton />;
  return (
    <>
      <PageHeader
        title={text('strays.title')}
        lead={text('strays.lead')}
        crumbs={[{ label: text('staff.title'), href: adminPaths.licences() }]}
        actions={mayWrite && <CheckNow />}
      />
      <Stack>
        <Checks checks={strays.data.checks} />
        <Strays items={strays.data.items} mayWrite={mayWrite} />
      </Stack>
    </>
  );
}

function CheckNow() {
  const text = useTranslations('licences.strays');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const check = useMutation({
    mutationFn: () => api.licences.admin.strays.check({}),
    onSuccess: async () => {
      say(text('checked'));
      await queries.invalidateQueries({ queryKey: apiQuery.licences.key() });
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  return (
    <Button busy={check.isPending} onClick={() => check.mutate()}>
      {text('check')}
    </Button>
  );
}

/** When each supplier was compared, and which of them did not answer. */
function Checks({ checks }: Pick<StraysWire, 'checks'>) {
  const text = useTranslations('licences.strays');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const at = (instant: string) => formatInstant(instant, locale, timeZone, 'minute');
  return checks.map(({ supplierId, checkedAt, error }) => (
    <div key={supplierId}>
      {error !== null && (
        <Callout tone="bad">{text('failed', { supplier: supplierId, error })}</Callout>
      )}
      <p className="ui-muted ui-small">
        {supplierId}.{' '}
        {checkedAt === null ? text('never') : text('lastCheck', { at: at(checkedAt) })}
      </p>
    </div>
  ));
}

function Strays({ items, mayWrite }: { items: readonly Stray[]; mayWrite: boolean }) {
  const text = useTranslations('licences.strays');
  const queries = useQueryClient();
  const say = useToast();
  const [ending, setEnding] = useState<Stray | null>(null);
  const whereOf = ({ domain, ip }: Stray) => [domain, ip].filter(Boolean).join(', ');
  async function end() {
    if (!ending) return;
    await api.licences.admin.strays.cancel({ supplierId: ending.supplierId, key: ending.key });
    say(text('cancelled'));
    await queries.invalidateQueries({ queryKey: apiQuery.licences.key() });
  }
  if (items.length === 0) {
    return (
      <Card flush>
        <EmptyState icon={IconKeyOff} title={text('empty')}>
          {text('emptyHelp')}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card flush>
      <Table
        label={text('title')}
        rows={items}
        rowKey={({ supplierId, key }) => `${supplierId} ${key}`}
        columns={[
          { id: 'key', header: text('key'), cell: ({ key }) => <code>{key}</code> },
          { id: 'product', header: text('product'), cell: ({ product }) => product ?? '—' },
          {
            id: 'bound',
            header: text('bound'),
            cell: (stray) => whereOf(stray) || text('unbound'),
          },
          {
            id: 'foundAt',
            header: text('foundAt'),
            cell: ({ foundAt }) => <DateText at={foundAt} time />,
          },
          {
            id: 'actions',
            header: '',
            align: 'end',
            cell: (stray) =>
              mayWrite && (
                <Button size="small" tone="danger" onClick={() => setEnding(stray)}>
                  {text('cancel')}
                </Button>
              ),
          },
        ]}
      />
      <ConfirmDialog
        open={ending !== null}
        onClose={() => setEnding(null)}
        title={text('cancelTitle')}
        confirm={text('cancel')}
        typed={ending?.key}
        onConfirm={end}
      >
        {ending &&
          text('cancelHelp', {
            key: ending.key,
            where: whereOf(ending) || text('cancelNowhere'),
          })}
      </ConfirmDialog>
    </Card>
  );
}
