import { IconRefresh } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { CopyField } from './copy-field.tsx';
import { EmptyState } from './empty-state.tsx';
import { failureOf } from './refusal.ts';
import { useFailureText } from './refusal-text.ts';

/** The whole page failed: what happened, what to do, an id to quote. */
export function ErrorPage({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const text = useTranslations('ui');
  const words = useFailureText();
  const failure = useMemo(() => failureOf(error), [error]);
  const id = failure.kind === 'failed' ? failure.id : undefined;
  return (
    <div role="alert">
      <EmptyState
        page
        title={text('failure.pageTitle')}
        actions={
          onRetry && (
            <Button tone="primary" icon={IconRefresh} onClick={onRetry}>
              {text('retry')}
            </Button>
          )
        }
      >
        <p>{failure.kind === 'refused' ? words(error) : text('failure.page')}</p>
        {id && <CopyField label={text('failure.id')} value={id} />}
      </EmptyState>
    </div>
  );
}
