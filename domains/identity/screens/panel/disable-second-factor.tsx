import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { PasswordInput } from '#web/ui/password-input.tsx';
import { useForm } from '#web/ui/use-form.ts';

type Props = { open: boolean; onClose: () => void; onDone: () => void };

export function DisableSecondFactor({ open, onClose, onDone }: Props) {
  const text = useTranslations('identity.security.factor');
  const form = useForm({
    initial: { password: '' },
    submit: (values) => api.identity.secondFactor.disable(values),
    onDone: () => {
      form.reset();
      onDone();
      onClose();
    },
  });
  return (
    <Dialog open={open} onClose={onClose} title={text('disableTitle')}>
      <Form form={form} submit={text('disable')} wide>
        <p>{text('disableWhat')}</p>
        <PasswordInput {...form.field('password')} label={text('password')} kind="current" />
      </Form>
    </Dialog>
  );
}
