import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import type { GoodsPlan } from './goods.ts';

const LIMITS = ['accounts', 'diskMb', 'trafficGb', 'databases', 'mailboxes', 'memoryMb'] as const;

/** A plan's name and limits; packages delivered already keep theirs. */
export function PlanDialog({ plan, onClose }: { plan: GoodsPlan; onClose: () => void }) {
  const text = useTranslations('catalog.admin');
  const queries = useQueryClient();
  const form = useForm({
    initial: {
      nameRu: plan.name.ru,
      nameEn: plan.name.en,
      accounts: String(plan.limits.accounts),
      diskMb: String(plan.limits.diskMb),
      trafficGb: String(plan.limits.trafficGb),
      databases: String(plan.limits.databases),
      mailboxes: String(plan.limits.mailboxes),
      memoryMb: String(plan.limits.memoryMb),
    },
    submit: ({ nameRu, nameEn, ...limits }) =>
      api.catalog.goods.savePlan({
        id: plan.id,
        productId: plan.productId,
        sort: plan.sort,
        name: { ru: nameRu, en: nameEn },
        limits: {
          accounts: Number(limits.accounts),
          diskMb: Number(limits.diskMb),
          trafficGb: Number(limits.trafficGb),
          databases: Number(limits.databases),
          mailboxes: Number(limits.mailboxes),
          memoryMb: Number(limits.memoryMb),
        },
      }),
    onDone: () => {
      void queries.invalidateQueries({ queryKey: apiQuery.catalog.key() });
      onClose();
    },
  });
  const ready = LIMITS.every((limit) => /^\d+$/.test(form.values[limit]));
  return (
    <Dialog open onClose={onClose} title={text('goods.plan')}>
      <Form form={form} submit={text('goods.save')} disabled={!ready} wide>
        <p className="ui-muted">{text('goods.planWords')}</p>
        <TextInput {...form.field('nameRu')} label={text('fields.nameRu')} />
        <TextInput {...form.field('nameEn')} label={text('fields.nameEn')} />
        {LIMITS.map((limit) => (
          <TextInput
            key={limit}
            {...form.field(limit)}
            label={text(`limits.${limit}`)}
            inputMode="numeric"
          />
        ))}
      </Form>
    </Dialog>
  );
}
