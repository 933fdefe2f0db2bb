import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { Button } from '#web/ui/button.tsx';
import { Form } from '#web/ui/form.tsx';
import { PasswordInput } from '#web/ui/password-input.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';

/** E-mail and password, then the second factor where it is on. Needs the texts `identity.door`. */
export function SignInForm({ onDone }: { onDone: () => void }) {
  const text = useTranslations('identity.door');
  const [step, setStep] = useState<'password' | 'code'>('password');
  const form = useForm({
    initial: { email: '', password: '' },
    submit: (values) => api.identity.session.signIn(values),
    onDone: ({ state }) => (state === 'signed-in' ? onDone() : setStep('code')),
  });
  if (step === 'code') return <CodeForm onDone={onDone} onBack={() => setStep('password')} />;
  return (
    <Form form={form} submit={text('signIn.submit')} wide>
      <TextInput
        {...form.field('email')}
        label={text('email')}
        type="email"
        autoComplete="username"
        inputMode="email"
      />
      <PasswordInput {...form.field('password')} label={text('password')} kind="current" />
    </Form>
  );
}

function CodeForm({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const text = useTranslations('identity.door');
  const [method, setMethod] = useState<'app' | 'recovery'>('app');
  const form = useForm({
    initial: { code: '' },
    submit: ({ code }) => api.identity.session.verifySecondFactor({ method, code }),
    onDone,
  });
  const other = method === 'app' ? 'recovery' : 'app';
  return (
    <Form
      form={form}
      submit={text('code.submit')}
      wide
      actions={
        <>
          <Button
            tone="quiet"
            onClick={() => {
              setMethod(other);
              form.reset();
            }}
          >
            {text(`code.use.${other}`)}
          </Button>
          <Button tone="quiet" onClick={onBack}>
            {text('code.back')}
          </Button>
        </>
      }
    >
      <TextInput
        {...form.field('code')}
        key={method}
        label={text(`code.label.${method}`)}
        help={text(`code.help.${method}`)}
        autoComplete="one-time-code"
        inputMode={method === 'app' ? 'numeric' : 'text'}
        mono
        autoFocus
      />
    </Form>
  );
}
