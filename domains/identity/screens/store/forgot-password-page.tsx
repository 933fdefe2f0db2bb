import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { storePaths } from '#web/paths.ts';
import type { StorePage } from '#web/store/store-page.ts';
import { Callout } from '#web/ui/callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { Door } from './door.tsx';

function ForgotPasswordScreen() {
  const text = useTranslations('identity.door');
  const locale = useLocale();
  const [askedFor, setAskedFor] = useState<string | null>(null);
  const form = useForm({
    initial: { email: '' },
    submit: (values) => api.identity.password.forgot(values),
    onDone: (_, { email }) => setAskedFor(email),
  });
  return (
    <Door
      title={text('forgot.title')}
      lead={text('forgot.lead')}
      ways={<a href={storePaths.signIn({ locale })}>{text('toSignIn')}</a>}
    >
      {askedFor === null ? (
        <Form form={form} submit={text('forgot.submit')} wide>
          <TextInput
            {...form.field('email')}
            label={text('email')}
            type="email"
            autoComplete="username"
            inputMode="email"
          />
        </Form>
      ) : (
        <Callout tone="good" title={text('forgot.doneTitle')} announce>
          {text('forgot.done', { email: askedFor })}
        </Callout>
      )}
    </Door>
  );
}

export const forgotPasswordPage: StorePage = {
  meta: ({ say }) => ({ title: say('identity.door.forgot.title'), noindex: true }),
  Screen: ForgotPasswordScreen,
};
