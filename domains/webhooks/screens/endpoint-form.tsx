import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Switch } from '#web/ui/checkbox.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { URL_CHARS_MAX } from '../webhook-words.ts';
import { EventChoice } from './event-choice.tsx';
import { type EndpointView, type OfferedEvent, useWebhooks } from './webhooks-api.ts';

type Props = { endpoint: EndpointView; events: readonly OfferedEvent[] };

/** Where it goes, what it hears, and whether anything is sent at all. */
export function EndpointForm({ endpoint, events }: Props) {
  const text = useTranslations('webhooks.form');
  const say = useToast();
  const queries = useQueryClient();
  const { api, query } = useWebhooks();
  const { id, url, description, isOn } = endpoint;
  const form = useForm({
    initial: { url, description, isOn, events: endpoint.events as EndpointView['events'] },
    submit: (values) => api.change({ id, ...values }),
    onDone: () => {
      say(text('saved'));
      void queries.invalidateQueries({ queryKey: query.key() });
    },
  });
  return (
    <Form form={form} submit={text('save')} wide disabled={form.values.events.length === 0}>
      <Switch {...form.tick('isOn')} label={text('isOn')} />
      <TextInput
        {...form.field('url')}
        label={text('url')}
        help={text('urlHelp')}
        type="url"
        mono
        maxLength={URL_CHARS_MAX}
        autoComplete="off"
      />
      <TextInput
        {...form.field('description')}
        label={text('description')}
        optional
        maxLength={200}
        autoComplete="off"
      />
      <EventChoice
        offered={events}
        chosen={form.values.events}
        refusal={form.refusalByField['events']}
        onChange={(next) => form.set('events', [...next])}
      />
    </Form>
  );
}
