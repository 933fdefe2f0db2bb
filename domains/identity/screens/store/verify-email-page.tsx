import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { clientPaths, storePaths } from '#web/paths.ts';
import type { StorePage } from '#web/store/store-page.ts';
import { useAddress } from '#web/ui/address.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { Door } from './door.tsx';

/** A press confirms, not the opening: mail scanners open links, and the link works once. */
function VerifyEmailScreen() {
  const text = useTranslations('identity.door');
  const locale = useLocale();
  const token = useAddress().search.get('token') ?? '';
  const [done, setDone] = useState(false);
  const form = useForm({
    initial: {},
    submit: () => api.identity.email.verify({ token }),
    onDone: () => setDone(true),
  });
  return (
    <Door
      title={text('verify.title')}
      lead={text('verify.lead')}
      ways={<a href={storePaths.home({ locale })}>{text('toStore')}</a>}
    >
      {done ? (
        <Callout
          tone="good"
          title={text('verify.doneTitle')}
          announce
          actions={<LinkButton href={clientPaths.home()}>{text('toAccount')}</LinkButton>}
        />
      ) : (
        <Form form={form} submit={text('verify.submit')} wide />
      )}
    </Door>
  );
}

export const verifyEmailPage: StorePage = {
  meta: ({ say }) => ({ title: say('identity.door.verify.title'), noindex: true }),
  Screen: VerifyEmailScreen,
};
