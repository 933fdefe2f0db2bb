import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { TERMS } from '#kit/term.ts';
import { api, type ApiClient } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { readAmount } from '#domains/payments/screens/read-amount.ts';
import { Card } from '#web/ui/card.tsx';
import { DateInput } from '#web/ui/date-input.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { Select } from '#web/ui/select.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { useWords } from '#web/ui/use-words.ts';

type Goods = Awaited<ReturnType<ApiClient['catalog']['goods']['read']>>;
type Client = { id: string; title: string; currency: string };

/** A quote for one client: a package at an agreed price until a day. */
export function NewQuotePage() {
  const { clientId } = usePathParams(adminPaths.newQuote);
  const text = useTranslations('orders.quotes');
  const found = useQuery(apiQuery.clients.clients.get.queryOptions({ input: { id: clientId } }));
  const goods = useQuery({
    ...apiQuery.catalog.goods.read.queryOptions({
      input: { sellerId: found.data?.sellerId },
      enabled: found.data !== undefined,
    }),
  });
  const error = found.error ?? goods.error;
  if (error) return <FailureCallout error={error} onRetry={found.refetch} />;
  if (!found.data || !goods.data) return <PageSkeleton />;
  const { kind, company, name, currency } = found.data;
  const title = kind === 'company' && company ? company : name;
  return (
    <>
      <PageHeader
        title={text('newTitle', { title })}
        lead={text('newLead')}
        crumbs={[{ label: title, href: adminPaths.client({ clientId }) }]}
      />
      <Card>
        <QuoteForm client={{ id: clientId, title, currency }} goods={goods.data} />
      </Card>
    </>
  );
}

function QuoteForm({ client, goods }: { client: Client; goods: Goods }) {
  const text = useTranslations('orders.quotes');
  const words = useWords();
  const say = useToast();
  const navigation = useNavigation();
  const plans = goods.products.flatMap((product) =>
    product.plans.map((plan) => ({
      value: plan.id,
      productId: product.id,
      label: `${words(product.name)}, ${words(plan.name)}`,
    })),
  );
  const form = useForm({
    initial: {
      planId: plans[0]?.value ?? '',
      termMonths: '12',
      domainName: '',
      agreed: '',
      validUntil: '',
      note: '',
    },
    submit: ({ planId, termMonths, domainName, agreed, validUntil, note }, idempotencyKey) => {
      const amount = readAmount(agreed, client.currency);
      return api.orders.makeQuote(
        {
          clientId: client.id,
          cart: {
            productId: plans.find(({ value }) => value === planId)?.productId ?? '',
            planId,
            termMonths: Number(termMonths),
            domainName,
          },
          ...(amount ? { agreedMinor: amount.minor } : {}),
          validUntil,
          ...(note.trim() === '' ? {} : { note }),
        },
        { context: { idempotencyKey } },
      );
    },
    onDone: () => {
      say(text('made'));
      navigation.go(adminPaths.client({ clientId: client.id }));
    },
  });
  const { planId, domainName, agreed, validUntil } = form.values;
  const unread = agreed.trim() !== '' && !readAmount(agreed, client.currency);
  const incomplete = planId === '' || domainName.trim() === '' || validUntil === '' || unread;
  return (
    <Form form={form} submit={text('submit')} disabled={incomplete} wide>
      <Select {...form.field('planId')} label={text('plan')} options={plans} />
      <Select
        {...form.field('termMonths')}
        label={text('termLabel')}
        options={TERMS.map((months) => ({
          value: String(months),
          label: text('term', { months }),
        }))}
      />
      <TextInput {...form.field('domainName')} label={text('domain')} mono autoComplete="off" />
      <TextInput
        {...form.field('agreed')}
        label={text('agreed')}
        help={text('agreedHelp')}
        inputMode="decimal"
        autoComplete="off"
        optional
      />
      <DateInput {...form.field('validUntil')} label={text('validUntil')} />
      <TextInput {...form.field('note')} label={text('note')} optional />
    </Form>
  );
}
