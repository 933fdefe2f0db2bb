import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { entryPath } from './entry-path.ts';

type Props = {
  accountId: string;
  folder: string;
  name: string;
  reload: () => Promise<void>;
  onClose: () => void;
};

export function RenameDialog({ accountId, folder, name, reload, onClose }: Props) {
  const text = useTranslations('hosting.files');
  const form = useForm({
    initial: { to: name },
    submit: ({ to }) =>
      api.hosting.files.rename({
        id: accountId,
        from: entryPath(folder, name),
        to: entryPath(folder, to.trim()),
      }),
    onDone: () => {
      void reload();
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={text('renameTitle', { name })}>
      <Form form={form} submit={text('rename')} disabled={form.values.to.trim() === ''} wide>
        <TextInput {...form.field('to')} label={text('newName')} mono spellCheck={false} />
      </Form>
    </Dialog>
  );
}
