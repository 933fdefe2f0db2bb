import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import type { BrandSupport } from '../support-view.ts';
import { DepartmentFields } from './department-fields.tsx';
import { ReplyFields } from './reply-fields.tsx';

/** Departments and prepared answers of each own brand. */
export function SupportSettingsPage() {
  const text = useTranslations('support');
  const query = useQuery(apiQuery.support.admin.settings.queryOptions({ input: {} }));
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <PageSkeleton />;
  return (
    <>
      <PageHeader
        title={text('settings.title')}
        lead={text('settings.lead')}
        crumbs={[{ label: text('staff.title'), href: adminPaths.tickets() }]}
      />
      <Stack>
        {query.data.items.map((brand) => (
          <Card key={brand.brandId} title={brand.brandName}>
            <SettingsForm brand={brand} />
          </Card>
        ))}
      </Stack>
    </>
  );
}

function SettingsForm({ brand: { brandId, settings } }: { brand: BrandSupport }) {
  const text = useTranslations('support.settings');
  const say = useToast();
  const queries = useQueryClient();
  const mayWrite = allowed(useSession(), 'brands.write');
  const form = useForm({
    initial: { ...settings, reopenDays: String(settings.reopenDays) },
    submit: ({ reopenDays, departments, ...rest }) =>
      api.support.admin.saveSettings({
        brandId,
        ...rest,
        reopenDays: Number(reopenDays),
        departments: departments.map((one) => ({ ...one, email: one.email?.trim() || null })),
      }),
    onDone: () => {
      say(text('saved'));
      void queries.invalidateQueries({ queryKey: apiQuery.support.key() });
    },
  });
  const { departments, replies } = form.values;
  return (
    <Form form={form} submit={text('save')} wide disabled={!mayWrite}>
      <DepartmentFields
        departments={departments}
        refusal={form.refusalByField['departments']}
        onChange={(next) => form.set('departments', next)}
      />
      <ReplyFields
        replies={replies}
        refusal={form.refusalByField['replies']}
        onChange={(next) => form.set('replies', next)}
      />
      <TextInput
        {...form.field('reopenDays')}
        label={text('reopenDays')}
        inputMode="numeric"
        autoComplete="off"
      />
    </Form>
  );
}
