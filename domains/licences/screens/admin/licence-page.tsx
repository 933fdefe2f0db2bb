import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { useToast } from '#web/ui/toast.tsx';
import type { StaffLicenceWire } from '../../contract.ts';
import { LicenceBadge } from '../licence-badge.tsx';

const LOOK_AGAIN_MS = 3000;

type Props = { licence: StaffLicenceWire };

/** One licence: whose it is, what the supplier was asked and said, and what staff may do. */
export function StaffLicencePage() {
  const { licenceId } = usePathParams(adminPaths.licence);
  const query = useQuery(
    apiQuery.licences.admin.get.queryOptions({
      input: { id: licenceId },
      refetchInterval: ({ state }) => (state.data?.nextAttemptAt ? LOOK_AGAIN_MS : false),
    }),
  );
  if (query.data) return <LicenceScreen licence={query.data} />;
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  return <PageSkeleton />;
}

function LicenceScreen({ licence }: Props) {
  const text = useTranslations('licences');
  const act = useAct(licence.id);
  const mayWrite = allowed(useSession(), 'licences.write');
  const settled = licence.state === 'active' || licence.state === 'deleted';
  return (
    <>
      <PageHeader
        title={`${licence.componentId}, ${licence.domainName}`}
        crumbs={[{ label: text('staff.title'), href: adminPaths.licences() }]}
        status={<LicenceBadge state={licence.state} />}
        actions={
          mayWrite &&
          !settled && (
            <Button tone="primary" busy={act.isPending} onClick={() => act.mutate('retry')}>
              {text('staff.retry')}
            </Button>
          )
        }
      />
      <Columns main>
        <Stack>
          {licence.surplusKeys.length > 0 && (
            <Surplus
              licence={licence}
              action={
                mayWrite &&
                !settled && (
                  <Button busy={act.isPending} onClick={() => act.mutate('disown')}>
                    {text('staff.disown')}
                  </Button>
                )
              }
            />
          )}
          <AtSupplier licence={licence} />
        </Stack>
        <Facts licence={licence} />
      </Columns>
    </>
  );
}

const SAID = { retry: 'staff.retried', disown: 'staff.disowned' } as const;

function useAct(id: string) {
  const text = useTranslations('licences');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (what: keyof typeof SAID) => api.licences.admin[what]({ id }),
    onSuccess: async (_licence, what) => {
      say(text(SAID[what]));
      await queries.invalidateQueries({ queryKey: apiQuery.licences.key() });
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
}

/** Keys that appeared while this one was being bought: a person says whose they are. */
function Surplus({ licence, action }: Props & { action: ReactNode }) {
  const text = useTranslations('licences.staff');
  return (
    <Callout tone="wait" title={text('surplus')} actions={action}>
      <p>{text(licence.state === 'active' ? 'surplusActive' : 'surplusHelp')}</p>
      <ul>
        {licence.surplusKeys.map((key) => (
          <li key={key}>
            <code>{key}</code>
          </li>
        ))}
      </ul>
    </Callout>
  );
}

function AtSupplier({ licence }: Props) {
  const text = useTranslations('licences');
  const { lastError, nextAttemptAt, issuedAt, deletedAt, endedAt } = licence;
  return (
    <Card title={text('staff.work')}>
      <KeyValue
        facts={[
          { label: text('fields.supplier'), value: licence.supplierId },
          { label: text('fields.product'), value: licence.product },
          licence.key !== null && {
            label: text('fields.key'),
            value: <CopyField label={text('fields.key')} value={licence.key} />,
          },
          { label: text('fields.createdAt'), value: <DateText at={licence.createdAt} time /> },
          issuedAt !== null && {
            label: text('fields.issuedAt'),
            value: <DateText at={issuedAt} time />,
          },
          deletedAt !== null && {
            label: text('fields.deletedAt'),
            value: <DateText at={deletedAt} time />,
          },
          endedAt !== null && {
            label: text('fields.endedAt'),
            value: <DateText at={endedAt} time />,
          },
          { label: text('fields.attempts'), value: licence.attempts },
          {
            label: text('fields.nextAttemptAt'),
            value: nextAttemptAt ? <DateText at={nextAttemptAt} time /> : text('staff.nothingToDo'),
          },
          lastError !== null && { label: text('staff.lastError'), value: lastError },
        ]}
      />
    </Card>
  );
}

function Facts({ licence }: Props) {
  const text = useTranslations('licences.fields');
  const title = useTranslations('licences.staff')('about');
  const { clientId, subscriptionId } = licence;
  return (
    <Card title={title}>
      <KeyValue
        facts={[
          {
            label: text('client'),
            value: <Link href={adminPaths.client({ clientId })}>{licence.clientName}</Link>,
          },
          {
            label: text('domain'),
            value: <Link href={adminPaths.package({ subscriptionId })}>{licence.domainName}</Link>,
          },
          { label: text('component'), value: licence.componentId },
          { label: text('id'), value: <CopyField label={text('id')} value={licence.id} /> },
        ]}
      />
    </Card>
  );
}
