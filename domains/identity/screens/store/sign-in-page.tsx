import { useLocale, useTranslations } from 'use-intl';
import { storePaths } from '#web/paths.ts';
import type { StorePage } from '#web/store/store-page.ts';
import { useAddress } from '#web/ui/address.tsx';
import { Door } from './door.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { wayIn } from './way-in.ts';

function SignInScreen() {
  const text = useTranslations('identity.door');
  const locale = useLocale();
  const { search } = useAddress();
  const next = search.get('next');
  const enter = async () => globalThis.location.assign(await wayIn(next));
  return (
    <Door
      title={text('signIn.title')}
      ways={
        <>
          <a href={storePaths.signUp({ locale }, { next })}>{text('signIn.toSignUp')}</a>
          <a href={storePaths.forgotPassword({ locale })}>{text('signIn.toForgot')}</a>
        </>
      }
    >
      <SignInForm onDone={() => void enter()} />
    </Door>
  );
}

export const signInPage: StorePage = {
  meta: ({ say }) => ({ title: say('identity.door.signIn.title'), noindex: true }),
  Screen: SignInScreen,
};
