import { useTranslations } from 'use-intl';
import type { SettingsForm, SettingsValues } from '#kit/settings-form.ts';
import { Form } from '#web/ui/form.tsx';
import { Select } from '#web/ui/select.tsx';
import { settingsDraft, type SettingsDraft, settingsValues } from '#web/ui/settings-draft.ts';
import { SettingsFields } from '#web/ui/settings-fields.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';

export type NodeValues = {
  name: string;
  state: 'open' | 'closed';
  capacity: number;
  values: SettingsValues;
};

type Props = {
  settings: SettingsForm;
  start: Omit<NodeValues, 'values'>;
  submit: string;
  save: (values: NodeValues) => Promise<unknown>;
  onSaved: () => void;
};

/** A node: what it is called, whether it takes packages and how many, how to speak to it. */
export function NodeForm({ settings, start, submit, save, onSaved }: Props) {
  const text = useTranslations('hosting.nodes');
  const form = useForm<SettingsDraft>({
    initial: { ...start, capacity: String(start.capacity), ...settingsDraft(settings) },
    submit: (draft) =>
      save({
        name: String(draft['name']),
        state: draft['state'] === 'closed' ? 'closed' : 'open',
        capacity: Number(draft['capacity']),
        values: settingsValues(settings, draft),
      }),
    onDone: onSaved,
  });
  const field = (name: string) => {
    const { value, ...rest } = form.field(name);
    return { ...rest, value: typeof value === 'string' ? value : '' };
  };
  return (
    <Form form={form} submit={submit}>
      <TextInput {...field('name')} label={text('name')} />
      <Select
        {...field('state')}
        label={text('state')}
        help={text('stateHelp')}
        options={[
          { value: 'open', label: text('states.open') },
          { value: 'closed', label: text('states.closed') },
        ]}
      />
      <TextInput
        {...field('capacity')}
        label={text('capacity')}
        help={text('capacityHelp')}
        inputMode="numeric"
      />
      <SettingsFields settings={settings} form={form} />
    </Form>
  );
}
