import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Card } from '#web/ui/card.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { Textarea } from '#web/ui/textarea.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { linesOf } from './lines-of.ts';
import type { Reputation } from './reputation-page.tsx';

/** Which lists are asked, through which servers, how often. */
export function ReputationForm({ reputation }: { reputation: Reputation }) {
  const text = useTranslations('protection.reputation');
  const say = useToast();
  const queries = useQueryClient();
  const form = useForm({
    initial: {
      zones: reputation.zones.map(({ zone }) => zone).join('\n'),
      resolvers: reputation.resolvers.join('\n'),
      everyHours: String(reputation.everyHours),
    },
    submit: ({ zones, resolvers, everyHours }) =>
      api.protection.admin.reputation.change({
        zones: linesOf(zones),
        resolvers: linesOf(resolvers),
        everyHours: Number(everyHours),
      }),
    onDone: () => {
      say(text('saved'));
      void queries.invalidateQueries({ queryKey: apiQuery.protection.admin.reputation.key() });
    },
  });
  return (
    <Card title={text('settings')}>
      <Form form={form} submit={text('save')} wide>
        <Textarea
          label={text('zones')}
          help={text('zonesHelp')}
          mono
          rows={4}
          {...form.field('zones')}
        />
        <Textarea
          label={text('resolvers')}
          help={text('resolversHelp')}
          mono
          rows={2}
          {...form.field('resolvers')}
        />
        <TextInput
          label={text('everyHours')}
          type="number"
          min={1}
          max={168}
          {...form.field('everyHours')}
        />
      </Form>
    </Card>
  );
}
