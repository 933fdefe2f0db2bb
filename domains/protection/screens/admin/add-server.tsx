import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { JoinCommand } from './join-command.tsx';

/** A server of anybody's comes under guard: a name for it, and the command that joins it. */
export function AddServer() {
  const text = useTranslations('protection.servers');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button tone="primary" icon={IconPlus} onClick={() => setOpen(true)}>
        {text('add')}
      </Button>
      {open && <AddServerDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function AddServerDialog({ onClose }: { onClose: () => void }) {
  const text = useTranslations('protection.servers');
  const queries = useQueryClient();
  const [code, setCode] = useState<string | null>(null);
  const form = useForm({
    initial: { name: '' },
    submit: ({ name }) => api.protection.admin.servers.add({ name }),
    onDone: (joining) => {
      setCode(joining.code);
      void queries.invalidateQueries({ queryKey: apiQuery.protection.key() });
    },
  });
  return (
    <Dialog open onClose={onClose} title={text('add')}>
      {code === null ? (
        <Form form={form} submit={text('getCommand')} wide>
          <p>{text('addHelp')}</p>
          <TextInput
            label={text('name')}
            help={text('nameHelp')}
            maxLength={80}
            autoFocus
            {...form.field('name')}
          />
        </Form>
      ) : (
        <JoinCommand code={code} onClose={onClose} />
      )}
    </Dialog>
  );
}
