import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { RadioCards } from '#web/ui/radio-cards.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { type FormState, useForm } from '#web/ui/use-form.ts';
import type { BrandPolicyView } from '../../collection-contract.ts';
import { draftOf, policyFrom, type PolicyDraft } from './policy-draft.ts';

/** How each brand renews, reminds, suspends and collects. */
export function CollectionPage() {
  const text = useTranslations('orders.collection');
  const payments = useTranslations('payments.staff');
  const query = useQuery(apiQuery.orders.policies.queryOptions({ input: {} }));
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <PageSkeleton />;
  return (
    <>
      <PageHeader
        title={text('title')}
        lead={text('lead')}
        crumbs={[{ label: payments('title'), href: adminPaths.payments() }]}
      />
      <Stack>
        {query.data.items.map((brand) => (
          <Card key={brand.brandId} title={brand.brandName}>
            <PolicyForm brand={brand} />
          </Card>
        ))}
      </Stack>
    </>
  );
}

function PolicyForm({ brand }: { brand: BrandPolicyView }) {
  const text = useTranslations('orders.collection');
  const say = useToast();
  const queries = useQueryClient();
  const mayWrite = allowed(useSession(), 'brands.write');
  const form = useForm({
    initial: draftOf(brand),
    submit: (draft) =>
      api.orders.changePolicy({
        brandId: brand.brandId,
        policy: policyFrom(draft, brand.currency) ?? brand.policy,
      }),
    onDone: () => {
      say(text('saved'));
      void queries.invalidateQueries({ queryKey: apiQuery.orders.policies.key() });
    },
  });
  const readable = policyFrom(form.values, brand.currency) !== null;
  return (
    <Form form={form} submit={text('save')} disabled={!mayWrite || !readable} wide>
      <h3>{text('renewal')}</h3>
      <DayFields
        form={form}
        names={['autoRenewDaysShort', 'autoRenewDaysLong', 'noticeDaysBeforeAutoRenew']}
      />
      <Checkbox
        label={text('mergeRenewals.label')}
        help={text('mergeRenewals.help')}
        checked={form.values.mergeRenewals}
        onChange={(on) => form.set('mergeRenewals', on)}
      />
      <DayFields form={form} names={['billingDay', 'wholeTermUnderDays']} />
      <h3>{text('reminders')}</h3>
      <DayFields form={form} names={['reminderDaysOfMonth', 'remindFromDays', 'remindDays']} />
      <h3>{text('unpaid')}</h3>
      <DayFields
        form={form}
        names={['tryDays', 'chargeDays', 'suspendAfterDays', 'deleteAfterDays', 'unpaidOrderDays']}
      />
      <FeeFields form={form} />
    </Form>
  );
}

type TextName = {
  [K in keyof PolicyDraft]: PolicyDraft[K] extends string ? K : never;
}[keyof PolicyDraft];

function DayFields({
  form,
  names,
}: {
  form: FormState<PolicyDraft>;
  names: readonly Exclude<TextName, 'fee'>[];
}) {
  const text = useTranslations('orders.collection.fields');
  return (
    <Columns gap={3}>
      {names.map((name) => (
        <TextInput
          key={name}
          {...form.field(name)}
          label={text(`${name}.label`)}
          help={text.has(`${name}.help`) ? text(`${name}.help`) : undefined}
          autoComplete="off"
        />
      ))}
    </Columns>
  );
}

function FeeFields({ form }: { form: FormState<PolicyDraft> }) {
  const text = useTranslations('orders.collection.fee');
  const { fee, feeTaxed } = form.values;
  return (
    <>
      <RadioCards
        {...form.field('fee')}
        label={text('label')}
        options={(['none', 'amount', 'percent'] as const).map((value) => ({
          value,
          label: text(value),
        }))}
      />
      {fee !== 'none' && (
        <>
          <DayFields
            form={form}
            names={['feeAfterDays', fee === 'amount' ? 'feeAmount' : 'feePercent']}
          />
          <Checkbox
            label={text('taxed')}
            checked={feeTaxed}
            onChange={(on) => form.set('feeTaxed', on)}
          />
        </>
      )}
    </>
  );
}
