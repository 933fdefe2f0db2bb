import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api, type ApiClient } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { Money, useMoneyText } from '#web/ui/money.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { PayChoice } from '../pay/pay-choice.tsx';
import { BALANCE, NO_WAY, paymentHref, startPayment } from '../pay/pay-way.ts';
import type { PayMethods, PayWay } from '../pay/pay-way.ts';

type Invoices = Awaited<ReturnType<ApiClient['billing']['invoices']['list']>>['items'];

const INVOICES_MAX = 50;

/** Everything that is due, chosen and paid at once. */
export function PayManyPage() {
  const text = useTranslations('payments.many');
  const invoices = useQuery(
    apiQuery.billing.invoices.list.queryOptions({
      input: { state: 'issued', limit: INVOICES_MAX },
    }),
  );
  const methods = useQuery(apiQuery.payments.methods.queryOptions({ input: {} }));
  const error = invoices.error ?? methods.error;
  if (error) return <FailureCallout error={error} onRetry={invoices.refetch} />;
  if (!invoices.data || !methods.data) return <PageSkeleton />;
  const due = invoices.data.items.filter((invoice) => invoice.due.minor > 0);
  return (
    <>
      <PageHeader
        title={text('title')}
        crumbs={[{ label: text('crumb'), href: clientPaths.invoices() }]}
      />
      {due.length === 0 ? (
        <EmptyState title={text('nothing')} />
      ) : (
        <Card>
          <PayForm invoices={due} pay={methods.data} />
        </Card>
      )}
    </>
  );
}

function PayForm({ invoices, pay }: { invoices: Invoices; pay: PayMethods }) {
  const text = useTranslations('payments.many');
  const moneyText = useMoneyText();
  const queries = useQueryClient();
  const navigation = useNavigation();
  const form = useForm({
    initial: { ids: invoices.map(({ id }) => id) as readonly string[], pay: NO_WAY },
    submit: ({ ids, pay: way }, idempotencyKey) => payBy(way, [...ids], idempotencyKey),
    onDone: (payment) => {
      void queries.invalidateQueries();
      if (!payment) navigation.go(clientPaths.invoices());
      else if (payment.redirectUrl) globalThis.location.assign(payment.redirectUrl);
      else navigation.go(paymentHref(payment));
    },
  });
  const { ids, pay: way } = form.values;
  const minor = invoices
    .filter(({ id }) => ids.includes(id))
    .reduce((sum, { due }) => sum + due.minor, 0);
  const total = { minor, currency: pay.balance.currency };
  return (
    <Form
      form={form}
      submit={text('submit')}
      amount={<Money {...total} />}
      disabled={way.way === '' || ids.length === 0}
      wide
    >
      <fieldset className="ui-field">
        <legend className="ui-field-label ui-legend">{text('which')}</legend>
        <Stack gap={2}>
          {invoices.map(({ id, number, about, due }) => (
            <Checkbox
              key={id}
              label={text('invoice', {
                number,
                about: about ?? '',
                due: moneyText(due.minor, due.currency),
              })}
              checked={ids.includes(id)}
              onChange={(on) => {
                const others = ids.filter((one) => one !== id);
                form.set('ids', on ? [...others, id] : others);
              }}
            />
          ))}
        </Stack>
      </fieldset>
      <PayChoice pay={pay} due={total} value={way} onChange={(next) => form.set('pay', next)} />
    </Form>
  );
}

/** The payment that was started; null when the balance has paid already. */
async function payBy(way: PayWay, ids: string[], idempotencyKey: string) {
  if (way.way !== BALANCE) return startPayment({ invoiceIds: ids }, way, idempotencyKey);
  const context = { idempotencyKey };
  await api.billing.invoices.payManyFromBalance({ ids }, { context });
  return null;
}
