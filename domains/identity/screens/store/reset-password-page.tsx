import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { PASSWORD_CHARS_MIN } from '../../password-length.ts';
import { api } from '#web/api.ts';
import { storePaths } from '#web/paths.ts';
import type { StorePage } from '#web/store/store-page.ts';
import { useAddress } from '#web/ui/address.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { PasswordInput } from '#web/ui/password-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { Door } from './door.tsx';

function ResetPasswordScreen() {
  const text = useTranslations('identity.door');
  const locale = useLocale();
  const token = useAddress().search.get('token') ?? '';
  const [done, setDone] = useState(false);
  const form = useForm({
    initial: { newPassword: '' },
    submit: (values) => api.identity.password.reset({ token, ...values }),
    onDone: () => setDone(true),
  });
  return (
    <Door
      title={text('reset.title')}
      lead={text('reset.lead')}
      ways={<a href={storePaths.forgotPassword({ locale })}>{text('reset.askAgain')}</a>}
    >
      {done ? (
        <Callout
          tone="good"
          title={text('reset.doneTitle')}
          announce
          actions={
            <LinkButton tone="primary" href={storePaths.signIn({ locale })}>
              {text('toSignIn')}
            </LinkButton>
          }
        >
          {text('reset.done')}
        </Callout>
      ) : (
        <Form form={form} submit={text('reset.submit')} wide>
          <PasswordInput
            {...form.field('newPassword')}
            label={text('newPassword')}
            help={text('passwordHelp', { chars: PASSWORD_CHARS_MIN })}
            kind="new"
          />
        </Form>
      )}
    </Door>
  );
}

export const resetPasswordPage: StorePage = {
  meta: ({ say }) => ({ title: say('identity.door.reset.title'), noindex: true }),
  Screen: ResetPasswordScreen,
};
