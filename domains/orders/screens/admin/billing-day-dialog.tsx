import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { Money } from '#web/ui/money.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { QuoteLines } from '../quote-lines.tsx';

type Props = { subscriptionId: string; until: string; onClose: () => void };

/** Staff bring a package to the brand's billing day: what it costs, then an invoice to its holder. */
export function BillingDayDialog({ subscriptionId, until, onClose }: Props) {
  const text = useTranslations('orders.screen.renewal');
  const locale = useLocale();
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={text('toBillingDay', { until: formatDate(until, locale) })}
    >
      <BillingDayForm subscriptionId={subscriptionId} />
    </Dialog>
  );
}

function BillingDayForm({ subscriptionId }: { subscriptionId: string }) {
  const text = useTranslations('orders.screen.renewal');
  const queries = useQueryClient();
  const navigation = useNavigation();
  const quote = useQuery(
    apiQuery.orders.staffQuoteBillingDay.queryOptions({ input: { subscriptionId } }),
  );
  const totalMinor = quote.data?.totalMinor ?? 0;
  const form = useForm({
    initial: {},
    submit: (_, idempotencyKey) =>
      api.orders.staffOrderBillingDay(
        { subscriptionId, expectedTotalMinor: totalMinor },
        { context: { idempotencyKey } },
      ),
    onDone: ({ id }) => {
      void queries.invalidateQueries();
      navigation.go(adminPaths.order({ orderId: id }));
    },
  });
  if (quote.error) return <FailureCallout error={quote.error} onRetry={quote.refetch} />;
  if (!quote.data) return <CardSkeleton />;
  return (
    <Form
      form={form}
      submit={text('orderFor')}
      amount={<Money minor={totalMinor} currency={quote.data.currency} />}
      wide
    >
      <p>{text('toBillingDayStaff')}</p>
      <QuoteLines quote={quote.data} />
    </Form>
  );
}
