import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { PasswordInput } from '#web/ui/password-input.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

type Props = { open: boolean; onClose: () => void; onDone: () => void };
type Enrolment = { uri: string; key: string; recoveryCodes: string[] };

/** Password, then the picture for the app and a code of it, then the recovery codes. */
export function EnrolSecondFactor({ open, onClose, onDone }: Props) {
  const text = useTranslations('identity.security.factor');
  return (
    <Dialog open={open} onClose={onClose} title={text('enrolTitle')}>
      <EnrolSteps onClose={onClose} onDone={onDone} />
    </Dialog>
  );
}

function EnrolSteps({ onClose, onDone }: Omit<Props, 'open'>) {
  const [made, setMade] = useState<Enrolment | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  if (!made) return <PasswordStep onDone={setMade} />;
  if (confirmed) return <RecoveryCodes codes={made.recoveryCodes} onClose={onClose} />;
  return (
    <CodeStep
      made={made}
      onDone={() => {
        setConfirmed(true);
        onDone();
      }}
    />
  );
}

function PasswordStep({ onDone }: { onDone: (made: Enrolment) => void }) {
  const text = useTranslations('identity.security.factor');
  const form = useForm({
    initial: { password: '' },
    submit: (values) => api.identity.secondFactor.enrol(values),
    onDone,
  });
  return (
    <Form form={form} submit={text('next')} wide>
      <p>{text('passwordWhy')}</p>
      <PasswordInput {...form.field('password')} label={text('password')} kind="current" />
    </Form>
  );
}

function CodeStep({ made, onDone }: { made: Enrolment; onDone: () => void }) {
  const text = useTranslations('identity.security.factor');
  const form = useForm({
    initial: { code: '' },
    submit: (values) => api.identity.secondFactor.confirm(values),
    onDone,
  });
  return (
    <Form form={form} submit={text('confirm')} wide>
      <Stack>
        <p>{text('scan')}</p>
        <QrCode text={made.uri} label={text('qr')} />
        <div>
          <p>{text('byHand')}</p>
          <CopyField label={text('key')} value={made.key} />
        </div>
      </Stack>
      <TextInput
        {...form.field('code')}
        label={text('code')}
        help={text('codeHelp')}
        inputMode="numeric"
        autoComplete="one-time-code"
        mono
        autoFocus
      />
    </Form>
  );
}
