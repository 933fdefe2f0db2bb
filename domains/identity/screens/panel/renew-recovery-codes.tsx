import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { PasswordInput } from '#web/ui/password-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { RecoveryCodes } from './recovery-codes.tsx';

export function RenewRecoveryCodes({ open, onClose }: { open: boolean; onClose: () => void }) {
  const text = useTranslations('identity.security.factor');
  return (
    <Dialog open={open} onClose={onClose} title={text('renewCodes')}>
      <RenewSteps onClose={onClose} />
    </Dialog>
  );
}

function RenewSteps({ onClose }: { onClose: () => void }) {
  const text = useTranslations('identity.security.factor');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const form = useForm({
    initial: { password: '' },
    submit: (values) => api.identity.secondFactor.renewRecoveryCodes(values),
    onDone: ({ recoveryCodes }) => setCodes(recoveryCodes),
  });
  if (codes) return <RecoveryCodes codes={codes} onClose={onClose} />;
  return (
    <Form form={form} submit={text('renewCodes')} wide>
      <p>{text('renewWhat')}</p>
      <PasswordInput {...form.field('password')} label={text('password')} kind="current" />
    </Form>
  );
}
