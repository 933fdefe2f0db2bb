import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Form } from '#web/ui/form.tsx';
import { Textarea } from '#web/ui/textarea.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { TEXT_CHARS_MAX } from '../../support-words.ts';

/** Words for colleagues. */
export function NoteForm({ id }: { id: string }) {
  const text = useTranslations('support.staff');
  const say = useToast();
  const queries = useQueryClient();
  const form = useForm({
    initial: { text: '' },
    submit: (values, idempotencyKey) =>
      api.support.admin.note({ id, ...values }, { context: { idempotencyKey } }),
    onDone: () => {
      form.reset();
      say(text('kept'));
      void queries.invalidateQueries({ queryKey: apiQuery.support.key() });
    },
  });
  return (
    <Form form={form} submit={text('keep')} wide disabled={form.values.text.trim() === ''}>
      <Textarea
        {...form.field('text')}
        label={text('noteLabel')}
        help={text('noteHelp')}
        rows={4}
        maxLength={TEXT_CHARS_MAX}
      />
    </Form>
  );
}
