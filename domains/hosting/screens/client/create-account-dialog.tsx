import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';

const NAME_LENGTH_MAX = 16;

type Props = { subscriptionId: string; onClose: () => void; onDone: () => Promise<void> };

/** A new hosting account: its domain, and a name on the server that is suggested from it. */
export function CreateAccountDialog({ subscriptionId, onClose, onDone }: Props) {
  const text = useTranslations('hosting.accounts');
  const [isOwnName, setIsOwnName] = useState(false);
  const form = useForm({
    initial: { domainName: '', username: '' },
    submit: (values) => api.hosting.accounts.create({ subscriptionId, ...values }),
    onDone: () => {
      void onDone();
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={text('createTitle')}>
      <Form form={form} submit={text('create')} wide>
        <TextInput
          {...form.field('domainName')}
          label={text('domain')}
          help={text('domainHelp')}
          mono
          autoComplete="off"
          spellCheck={false}
          onChange={(domainName) =>
            form.setAll({
              domainName,
              username: isOwnName ? form.values.username : suggestName(domainName),
            })
          }
        />
        <TextInput
          {...form.field('username')}
          label={text('username')}
          help={text('usernameHelp')}
          mono
          autoComplete="off"
          spellCheck={false}
          maxLength={NAME_LENGTH_MAX}
          onChange={(username) => {
            setIsOwnName(username !== '');
            form.set('username', username.toLowerCase());
          }}
        />
      </Form>
    </Dialog>
  );
}

function suggestName(domainName: string): string {
  const [label = ''] = domainName
    .toLowerCase()
    .replace(/^www\./, '')
    .split('.');
  return label
    .replaceAll(/[^a-z0-9]/g, '')
    .replace(/^[0-9]+/, '')
    .slice(0, NAME_LENGTH_MAX);
}
