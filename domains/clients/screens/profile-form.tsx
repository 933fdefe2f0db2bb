import { useTranslations } from 'use-intl';
import { CountrySelect } from '#domains/identity/screens/country-select.tsx';
import { Form } from '#web/ui/form.tsx';
import { RadioCards } from '#web/ui/radio-cards.tsx';
import { Select } from '#web/ui/select.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { blankAsNull, formValues } from './profile-values.ts';
import type { ProfileInput, ProfileWire } from './profile-values.ts';

type Props = {
  profile: ProfileWire;
  save: (change: ProfileInput) => Promise<unknown>;
  onSaved: () => void;
};

/** What stands on a client's invoices; the client and staff fill in the same form. */
export function ProfileForm({ profile, save, onSaved }: Props) {
  const text = useTranslations('clients.profile');
  const say = useToast();
  const form = useForm({
    initial: formValues(profile),
    submit: (values) => save(blankAsNull(values)),
    onDone: () => {
      say(text('saved'));
      onSaved();
    },
  });
  const company = form.values.kind === 'company';
  return (
    <Form form={form} submit={text('save')}>
      <RadioCards
        {...form.field('kind')}
        label={text('kind')}
        side
        options={[
          { value: 'person', label: text('kinds.person') },
          { value: 'company', label: text('kinds.company') },
        ]}
      />
      {company && (
        <TextInput {...form.field('company')} label={text('company')} autoComplete="organization" />
      )}
      <TextInput
        {...form.field('name')}
        label={text(company ? 'contact' : 'name')}
        autoComplete="name"
      />
      <TextInput
        {...form.field('email')}
        label={text('email')}
        help={text('emailHelp')}
        type="email"
        autoComplete="email"
      />
      <TextInput
        {...form.field('phone')}
        label={text('phone')}
        type="tel"
        autoComplete="tel"
        optional
      />
      <CountrySelect {...form.field('country')} label={text('country')} />
      <TextInput
        {...form.field('postcode')}
        label={text('postcode')}
        autoComplete="postal-code"
        optional
      />
      <TextInput
        {...form.field('region')}
        label={text('region')}
        autoComplete="address-level1"
        optional
      />
      <TextInput
        {...form.field('city')}
        label={text('city')}
        autoComplete="address-level2"
        optional
      />
      <TextInput
        {...form.field('street')}
        label={text('street')}
        autoComplete="street-address"
        optional
      />
      <TextInput
        {...form.field('taxId')}
        label={text(form.values.country === 'RU' ? 'inn' : 'taxId')}
        help={text('taxIdHelp')}
        mono
        optional
      />
      <Select
        {...form.field('language')}
        label={text('language')}
        help={text('languageHelp')}
        options={[
          { value: 'ru', label: 'Русский' },
          { value: 'en', label: 'English' },
        ]}
      />
    </Form>
  );
}
