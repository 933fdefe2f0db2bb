import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { Row, Stack } from '#web/ui/layout.tsx';

/** The command that joins a server, with its code: shown once. */
export function JoinCommand({ code, onClose }: { code: string; onClose: () => void }) {
  const text = useTranslations('protection.servers');
  const centre = globalThis.location.origin;
  return (
    <Stack>
      <p>{text('commandHelp')}</p>
      <CopyField label={text('command')} value={`sudo stoika-guard join ${centre} ${code}`} />
      <Callout tone="wait">{text('codeOnce')}</Callout>
      <Row ends>
        <span />
        <Button onClick={onClose}>{text('done')}</Button>
      </Row>
    </Stack>
  );
}
