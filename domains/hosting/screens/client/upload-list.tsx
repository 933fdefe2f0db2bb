import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { Stack } from '#web/ui/layout.tsx';
import type { Upload } from './use-uploads.ts';

type Props = { uploads: readonly Upload[]; onClear: () => void };

/** What is on its way up, how far, and what was refused. */
export function UploadList({ uploads, onClear }: Props) {
  const text = useTranslations('hosting.files');
  if (uploads.length === 0) return null;
  const isBusy = uploads.some(({ state }) => state === 'waiting' || state === 'sending');
  return (
    <Card
      title={text('uploads')}
      actions={
        !isBusy && (
          <Button size="small" tone="quiet" onClick={onClear}>
            {text('clear')}
          </Button>
        )
      }
    >
      <Stack gap={3}>
        {uploads.map((upload) => (
          <UploadRow key={upload.id} upload={upload} />
        ))}
      </Stack>
    </Card>
  );
}

function UploadRow({ upload }: { upload: Upload }) {
  const text = useTranslations('hosting.files');
  const { name, share, state, refusal } = upload;
  const isWriting = state === 'sending' && share === 1;
  return (
    <div className="hosting-upload">
      <div className="ui-row ui-row-between ui-gap-3">
        <span>{name}</span>
        <span className="ui-muted ui-small" role="status">
          {text(isWriting ? 'uploadStates.writing' : `uploadStates.${state}`)}
        </span>
      </div>
      {state === 'sending' && (
        <progress aria-label={name} max={1} value={isWriting ? undefined : share} />
      )}
      {refusal && <p className="hosting-refusal">{refusal}</p>}
    </div>
  );
}
