import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { Stack } from '#web/ui/layout.tsx';

/** The secret, this once. */
export function MadeSecret({ secret, onKept }: { secret: string; onKept: () => void }) {
  const text = useTranslations('webhooks.form');
  return (
    <Stack>
      <Callout tone="wait" title={text('once')}>
        {text('onceWhat')}
      </Callout>
      <CopyField label={text('secret')} value={secret} />
      <div>
        <Button tone="primary" onClick={onKept}>
          {text('kept')}
        </Button>
      </div>
    </Stack>
  );
}
