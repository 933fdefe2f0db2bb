import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Card } from '#web/ui/card.tsx';
import { Form } from '#web/ui/form.tsx';
import { RadioCards } from '#web/ui/radio-cards.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { MODES } from '../../contract.ts';

type Mode = (typeof MODES)[number];

/** What holds on servers that have no mode of their own. */
export function DefaultMode({ mode }: { mode: Mode }) {
  const text = useTranslations('protection');
  const say = useToast();
  const queries = useQueryClient();
  const form = useForm({
    initial: { mode },
    submit: (draft) => api.protection.admin.nodes.setDefault(draft),
    onDone: () => {
      say(text('nodes.saved'));
      void queries.invalidateQueries({ queryKey: apiQuery.protection.key() });
    },
  });
  return (
    <Card title={text('nodes.default')}>
      <Form form={form} submit={text('nodes.save')}>
        <RadioCards
          label={text('nodes.default')}
          labelHidden
          help={text('nodes.defaultHelp')}
          options={MODES.map((value) => ({
            value,
            label: text(`modes.${value}`),
            help: text(`nodes.modeHelp.${value}`),
          }))}
          {...form.field('mode')}
        />
      </Form>
    </Card>
  );
}
