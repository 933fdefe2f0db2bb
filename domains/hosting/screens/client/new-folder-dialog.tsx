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
  reload: () => Promise<void>;
  onClose: () => void;
};

export function NewFolderDialog({ accountId, folder, reload, onClose }: Props) {
  const text = useTranslations('hosting.files');
  const form = useForm({
    initial: { path: '' },
    submit: ({ path }) =>
      api.hosting.files.makeFolder({ id: accountId, path: entryPath(folder, path.trim()) }),
    onDone: () => {
      void reload();
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={text('newFolder')}>
      <Form form={form} submit={text('make')} disabled={form.values.path.trim() === ''} wide>
        <TextInput {...form.field('path')} label={text('folderName')} mono spellCheck={false} />
      </Form>
    </Dialog>
  );
}
