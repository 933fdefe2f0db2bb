import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Row, Stack } from '#web/ui/layout.tsx';
import './recovery-codes.css';

/** The codes, this once: to be copied or kept as a file. */
export function RecoveryCodes({
  codes,
  onClose,
}: {
  codes: readonly string[];
  onClose: () => void;
}) {
  const text = useTranslations('identity.security.factor');
  const lines = codes.join('\n');
  return (
    <Stack>
      <Callout tone="wait" title={text('codesOnce')}>
        {text('codesWhat')}
      </Callout>
      <ul className="recovery-codes" aria-label={text('codes')}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Row>
        <Button onClick={() => void navigator.clipboard.writeText(lines)}>{text('copy')}</Button>
        <a
          className="ui-button ui-button-plain ui-button-medium"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${lines}\n`)}`}
          download="recovery-codes.txt"
        >
          {text('save')}
        </a>
        <Button tone="primary" onClick={onClose}>
          {text('kept')}
        </Button>
      </Row>
    </Stack>
  );
}
