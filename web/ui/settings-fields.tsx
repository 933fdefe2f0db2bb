import { useTranslations } from 'use-intl';
import type { SettingsField, SettingsForm } from '#kit/settings-form.ts';
import { Switch } from './checkbox.tsx';
import { Select } from './select.tsx';
import { settingsKey, type SettingsDraft } from './settings-draft.ts';
import { TextInput } from './text-input.tsx';
import { Textarea } from './textarea.tsx';
import type { FormState } from './use-form.ts';
import { useWords } from './use-words.ts';

type Props = { settings: SettingsForm; form: FormState<SettingsDraft> };

/** The fields of an extension's own settings. A secret is written, never shown. */
export function SettingsFields({ settings, form }: Props) {
  return settings.fields.map((field) => (
    <SettingsControl
      key={field.name}
      field={field}
      isSet={settings.secretsSet.includes(field.name)}
      hasDefault={settings.values[field.name] !== undefined}
      form={form}
    />
  ));
}

type ControlProps = {
  field: SettingsField;
  isSet: boolean;
  hasDefault: boolean;
  form: FormState<SettingsDraft>;
};

function SettingsControl({ field, isSet, hasDefault, form }: ControlProps) {
  const text = useTranslations('ui.settings');
  const words = useWords();
  const key = settingsKey(field);
  const value = form.values[key];
  const bounds =
    field.kind === 'number' && field.min !== null && field.max !== null
      ? text('bounds', { min: field.min, max: field.max })
      : null;
  const help = [
    field.help && words(field.help),
    bounds,
    field.secret && isSet && text('secretKept'),
  ];
  const shared = {
    name: key,
    label: words(field.label),
    help: help.filter(Boolean).join(' ') || undefined,
    refusal: form.refusalByField[key],
  };
  const onChange = (next: string) => form.set(key, next);
  const typed = typeof value === 'string' ? value : '';
  const optional = field.secret ? isSet || !field.required : !field.required && !hasDefault;
  if (field.kind === 'switch') {
    return (
      <Switch {...shared} checked={value === true} onChange={(checked) => form.set(key, checked)} />
    );
  }
  if (field.kind === 'choice') {
    const options = field.choices.map((choice) => ({ value: choice, label: choice }));
    return <Select {...shared} options={options} value={typed} onChange={onChange} />;
  }
  const secretProps = field.secret
    ? { placeholder: isSet ? '••••••••••••' : undefined, spellCheck: false, mono: true }
    : {};
  if (field.kind === 'list') {
    return (
      <Textarea
        {...shared}
        {...secretProps}
        help={[shared.help, text('byLine')].filter(Boolean).join(' ')}
        rows={3}
        value={typed}
        onChange={onChange}
        optional={optional}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      {...secretProps}
      type={field.secret ? 'password' : 'text'}
      inputMode={field.kind === 'number' ? 'numeric' : undefined}
      autoComplete={field.secret ? 'new-password' : 'off'}
      value={typed}
      onChange={onChange}
      optional={optional}
    />
  );
}
