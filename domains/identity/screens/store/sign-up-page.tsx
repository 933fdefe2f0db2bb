import { useLocale, useTranslations } from 'use-intl';
import { storePaths } from '#web/paths.ts';
import type { StorePage } from '#web/store/store-page.ts';
import { useAddress } from '#web/ui/address.tsx';
import { Door } from './door.tsx';
import { SignUpForm } from './sign-up-form.tsx';
import { wayIn } from './way-in.ts';

function SignUpScreen() {
  const text = useTranslations('identity.door');
  const locale = useLocale();
  const next = useAddress().search.get('next');
  const enter = async () => globalThis.location.assign(await wayIn(next));
  return (
    <Door
      title={text('signUp.title')}
      lead={text('signUp.lead')}
      ways={<a href={storePaths.signIn({ locale }, { next })}>{text('signUp.toSignIn')}</a>}
    >
      <SignUpForm onDone={() => void enter()} />
    </Door>
  );
}

export const signUpPage: StorePage = {
  meta: ({ say }) => ({ title: say('identity.door.signUp.title'), noindex: true }),
  Screen: SignUpScreen,
};
