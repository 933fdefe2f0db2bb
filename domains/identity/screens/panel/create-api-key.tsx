import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { Select } from '#web/ui/select.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';

type Props = {
  open: boolean;
  /** What a key may be given. */
  scopes: readonly string[];
  onClose: () => void;
  onMade: () => void;
};

/** A name, an end and rights; then the key itself, this once. */
export function CreateApiKey({ open, ...rest }: Props) {
  const text = useTranslations('identity.apiKeys');
  return (
    <Dialog open={open} onClose={rest.onClose} title={text('create')}>
      <CreateSteps {...rest} />
    </Dialog>
  );
}

const DAYS = ['30', '90', '365', 'none'] as const;

function CreateSteps({ scopes, onClose, onMade }: Omit<Props, 'open'>) {
  const text = useTranslations('identity.apiKeys');
  const [key, setKey] = useState<string | null>(null);
  const form = useForm({
    initial: { name: '', days: '90', scopes: [] as readonly string[] },
    submit: ({ days, ...values }) =>
      api.identity.apiKeys.create({
        name: values.name,
        scopes: [...values.scopes],
        days: days === 'none' ? null : Number(days),
      }),
    onDone: (made) => {
      setKey(made.key);
      onMade();
    },
  });
  if (key !== null) return <MadeKey value={key} onClose={onClose} />;
  const chosen = form.values.scopes;
  const toggle = (scope: string) => (on: boolean) =>
    form.set('scopes', on ? [...chosen, scope] : chosen.filter((each) => each !== scope));
  return (
    <Form form={form} submit={text('make')} wide disabled={chosen.length === 0}>
      <TextInput {...form.field('name')} label={text('name')} help={text('nameHelp')} />
      <Select
        {...form.field('days')}
        label={text('goodFor')}
        options={DAYS.map((days) => ({
          value: days,
          label: days === 'none' ? text('noEnd') : text('days', { days: Number(days) }),
        }))}
      />
      <fieldset className="ui-field">
        <legend className="ui-field-label ui-legend">{text('scopes')}</legend>
        <Stack gap={1}>
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              label={<code>{scope}</code>}
              checked={chosen.includes(scope)}
              onChange={toggle(scope)}
            />
          ))}
        </Stack>
        {form.refusalByField['scopes'] && <p role="alert">{form.refusalByField['scopes']}</p>}
      </fieldset>
    </Form>
  );
}

function MadeKey({ value, onClose }: { value: string; onClose: () => void }) {
  const text = useTranslations('identity.apiKeys');
  return (
    <Stack>
      <Callout tone="wait" title={text('once')}>
        {text('onceWhat')}
      </Callout>
      <CopyField label={text('key')} value={value} />
      <div>
        <Button tone="primary" onClick={onClose}>
          {text('kept')}
        </Button>
      </div>
    </Stack>
  );
}
