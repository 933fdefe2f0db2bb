import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { PASSWORD_CHARS_MIN } from '../../password-length.ts';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Card } from '#web/ui/card.tsx';
import { Form } from '#web/ui/form.tsx';
import { PasswordInput } from '#web/ui/password-input.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';

const EMPTY = { currentPassword: '', newPassword: '' };

export function PasswordCard() {
  const text = useTranslations('identity.security');
  const say = useToast();
  const queries = useQueryClient();
  const form = useForm({
    initial: EMPTY,
    submit: (values) => api.identity.password.change(values),
    onDone: () => {
      form.reset();
      say(text('password.done'));
      void queries.invalidateQueries({ queryKey: apiQuery.identity.sessions.key() });
    },
  });
  return (
    <Card title={text('password.title')}>
      <Form form={form} submit={text('password.submit')} wide>
        <PasswordInput
          {...form.field('currentPassword')}
          label={text('password.current')}
          kind="current"
        />
        <PasswordInput
          {...form.field('newPassword')}
          label={text('password.new')}
          help={text('password.help', { chars: PASSWORD_CHARS_MIN })}
          kind="new"
        />
      </Form>
    </Card>
  );
}
