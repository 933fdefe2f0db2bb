import { useLocale, useTranslations } from 'use-intl';
import { PASSWORD_CHARS_MIN } from '../../password-length.ts';
import { api } from '#web/api.ts';
import { useBrand } from '#web/store/store-context.tsx';
import { Form } from '#web/ui/form.tsx';
import { PasswordInput } from '#web/ui/password-input.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { CountrySelect } from '../country-select.tsx';

/** Makes a client and signs the person in. Needs the texts `identity.door`. */
export function SignUpForm({ onDone }: { onDone: () => void }) {
  const text = useTranslations('identity.door');
  const locale = useLocale();
  const brand = useBrand();
  const form = useForm({
    initial: {
      name: '',
      company: '',
      email: '',
      password: '',
      country: locale === 'ru' ? 'RU' : '',
    },
    submit: ({ company, ...values }) =>
      api.clients.account.signUp({
        ...values,
        company: company.trim() === '' ? null : company,
        language: brand.languages.find((each) => each === locale) ?? brand.defaultLanguage,
      }),
    onDone,
  });
  return (
    <Form form={form} submit={text('signUp.submit')} wide>
      <TextInput {...form.field('name')} label={text('name')} autoComplete="name" />
      <TextInput
        {...form.field('company')}
        label={text('company')}
        help={text('companyHelp')}
        autoComplete="organization"
        optional
      />
      <CountrySelect
        {...form.field('country')}
        label={text('country')}
        placeholder={text('countryChoose')}
      />
      <TextInput
        {...form.field('email')}
        label={text('email')}
        type="email"
        autoComplete="username"
        inputMode="email"
      />
      <PasswordInput
        {...form.field('password')}
        label={text('password')}
        help={text('passwordHelp', { chars: PASSWORD_CHARS_MIN })}
        kind="new"
      />
    </Form>
  );
}
