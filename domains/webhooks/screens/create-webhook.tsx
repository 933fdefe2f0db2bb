import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { URL_CHARS_MAX } from '../webhook-words.ts';
import { EventChoice } from './event-choice.tsx';
import { MadeSecret } from './made-secret.tsx';
import { type OfferedEvent, useWebhooks } from './webhooks-api.ts';

type Props = { open: boolean; events: readonly OfferedEvent[]; onClose: () => void };

/** An address and what it wants to hear; then its secret, this once. */
export function CreateWebhook({ open, ...rest }: Props) {
  const text = useTranslations('webhooks.form');
  return (
    <Dialog open={open} onClose={rest.onClose} title={text('createTitle')} wide>
      <CreateSteps {...rest} />
    </Dialog>
  );
}

function CreateSteps({ events, onClose }: Omit<Props, 'open'>) {
  const text = useTranslations('webhooks.form');
  const queries = useQueryClient();
  const navigation = useNavigation();
  const { api, query, path } = useWebhooks();
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null);
  const form = useForm({
    initial: { url: '', description: '', events: [] as readonly OfferedEvent['name'][] },
    submit: (values) => api.create({ ...values, events: [...values.events] }),
    onDone: (endpoint) => {
      setMade(endpoint);
      void queries.invalidateQueries({ queryKey: query.key() });
    },
  });
  if (made) {
    const open = () => {
      onClose();
      navigation.go(path({ endpointId: made.id }));
    };
    return <MadeSecret secret={made.secret} onKept={open} />;
  }
  return (
    <Form form={form} submit={text('make')} wide disabled={form.values.events.length === 0}>
      <TextInput
        {...form.field('url')}
        label={text('url')}
        help={text('urlHelp')}
        placeholder="https://"
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
        onChange={(next) => form.set('events', next)}
      />
    </Form>
  );
}
