import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { MoneyBack } from '#domains/orders/screens/admin/money-back.tsx';
import { PlanCard } from '#domains/orders/screens/admin/plan-card.tsx';
import { RenewalCard } from '#domains/orders/screens/admin/renewal-card.tsx';
import { apiQuery } from '#web/api-query.ts';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { Together } from '#web/ui/together.tsx';
import { Table } from '#web/ui/table.tsx';
import type { StaffSubscriptionView } from '../../contract.ts';
import { ComponentState } from '../component-state.tsx';
import { HistoryCard } from '../history-card.tsx';
import { PackageBadge } from '../package-badge.tsx';
import { useWords } from '#web/ui/use-words.ts';
import { PackageActions } from './package-actions.tsx';

const LOOK_AGAIN_MS = 5000;

/** One package as staff see it: what time does to it next, what is on it, all that happened. */
export function StaffPackagePage() {
  const { subscriptionId } = usePathParams(adminPaths.package);
  const query = useQuery(
    apiQuery.subscriptions.staffGet.queryOptions({
      input: { id: subscriptionId },
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
  if (query.data) return <PackageScreen subscription={query.data} />;
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  return <PageSkeleton />;
}

type Props = { subscription: StaffSubscriptionView };

function PackageScreen({ subscription }: Props) {
  const text = useTranslations('subscriptions.screen');
  const words = useWords();
  const history = useQuery(
    apiQuery.subscriptions.staffHistory.queryOptions({
      input: { id: subscription.id },
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
  const { stepError, stepAttempts } = subscription;
  return (
    <Together>
      <PageHeader
        title={subscription.domainTitle}
        lead={`${words(subscription.productName)}, ${words(subscription.planName)}`}
        crumbs={[{ label: text('title'), href: adminPaths.packages() }]}
        status={<PackageBadge state={subscription.state} />}
        actions={
          <>
            <MoneyBack subscription={subscription} />
            <PackageActions subscription={subscription} />
          </>
        }
      />
      <Columns main>
        <Stack>
          {stepError !== null && (
            <Callout tone="bad">
              {text('admin.failed', { attempts: stepAttempts, error: stepError })}
            </Callout>
          )}
          <Components subscription={subscription} />
          <RenewalCard subscription={subscription} />
          <PlanCard subscription={subscription} />
          <HistoryCard
            subscription={subscription}
            items={history.data?.items ?? []}
            invoiceHref={(invoiceId) => adminPaths.invoice({ invoiceId })}
          />
        </Stack>
        <Facts subscription={subscription} />
      </Columns>
    </Together>
  );
}

function Facts({ subscription }: Props) {
  const text = useTranslations('subscriptions.screen');
  const { periodStart, periodEnd, nextStep, nextStepAt, clientId } = subscription;
  return (
    <Card title={text('facts')}>
      <KeyValue
        facts={[
          {
            label: text('client'),
            value: <Link href={adminPaths.client({ clientId })}>{subscription.clientName}</Link>,
          },
          periodEnd !== null && { label: text('paidUntil'), value: <DateText on={periodEnd} /> },
          periodStart !== null &&
            periodEnd !== null && {
              label: text('period'),
              value: (
                <>
                  <DateText on={periodStart} /> – <DateText on={periodEnd} />
                </>
              ),
            },
          { label: text('term'), value: text('months', { months: subscription.termMonths }) },
          { label: text('since'), value: <DateText at={subscription.createdAt} /> },
          nextStep !== null && {
            label: text('admin.nextStep'),
            value: text(`admin.steps.${nextStep}`),
          },
          nextStepAt !== null && {
            label: text('admin.at'),
            value: <DateText at={nextStepAt} time />,
          },
        ]}
      />
    </Card>
  );
}

function Components({ subscription }: Props) {
  const text = useTranslations('subscriptions.screen');
  const words = useWords();
  if (subscription.components.length === 0) return null;
  return (
    <Card title={text('components.title')} flush>
      <Table
        label={text('components.title')}
        rows={subscription.components}
        rowKey={(one) => one.id}
        columns={[
          {
            id: 'name',
            header: text('components.name'),
            cell: (one) =>
              one.quantity > 1 ? `${words(one.name)} × ${one.quantity}` : words(one.name),
          },
          {
            id: 'state',
            header: text('state'),
            cell: (one) => <ComponentState component={one} subscription={subscription} />,
          },
          {
            id: 'since',
            header: text('since'),
            align: 'end',
            cell: (one) => <DateText on={one.sinceOn} />,
          },
        ]}
      />
    </Card>
  );
}
