import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { useSession } from '#web/panel/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';

/** Asks for the address to be confirmed, until it is. */
export function EmailNotice() {
  const text = useTranslations('identity.emailNotice');
  const failureText = useFailureText();
  const { person } = useSession();
  const [answer, setAnswer] = useState<string | null>(null);
  if (person.emailVerified) return null;
  async function send() {
    try {
      await api.identity.email.sendVerification({});
      setAnswer(text('sent'));
    } catch (error) {
      setAnswer(failureText(error));
    }
  }
  return (
    <Callout
      tone="wait"
      title={text('title')}
      actions={
        <Button size="small" onClick={() => void send()}>
          {text('send')}
        </Button>
      }
    >
      <p>{text('what', { email: person.email })}</p>
      {answer && <p role="status">{answer}</p>}
    </Callout>
  );
}
