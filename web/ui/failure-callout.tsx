import { IconRefresh } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { Callout } from './callout.tsx';
import { useFailureText } from './refusal-text.ts';

/** What a failed load or press looks like in place: what happened, what to do, an id to quote. */
export function FailureCallout({ error, onRetry }: { error: unknown; onRetry?: () => unknown }) {
  const text = useTranslations('ui');
  const words = useFailureText();
  return (
    <Callout
      tone="bad"
      announce
      title={text('failure.title')}
      actions={
        onRetry && (
          <Button size="small" icon={IconRefresh} onClick={() => void onRetry()}>
            {text('retry')}
          </Button>
        )
      }
    >
      {words(error)}
    </Callout>
  );
}
