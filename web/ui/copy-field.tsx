import { IconCheck, IconCopy, IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import './copy-field.css';
import { IconButton } from './icon-button.tsx';

export type CopyFieldProps = {
  /** What the value is: read out with the button. */
  label: string;
  value: string;
  /** Shown as dots until asked for. */
  secret?: boolean;
};

const COPIED_MS = 2000;
/** Always as many: their number must not tell the key's length. */
const DOTS = '•'.repeat(12);

/** A key, an id or an address to take along. */
export function CopyField({ label, value, secret }: CopyFieldProps) {
  const text = useTranslations('ui');
  const [shown, setShown] = useState(!secret);
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_MS);
  }
  return (
    <div className="ui-copy">
      <code aria-label={label}>{shown ? value : DOTS}</code>
      {secret && (
        <IconButton
          icon={shown ? IconEyeOff : IconEye}
          label={text(shown ? 'copy.hide' : 'copy.show', { label })}
          onClick={() => setShown(!shown)}
        />
      )}
      <IconButton
        icon={copied ? IconCheck : IconCopy}
        label={copied ? text('copy.done') : text('copy.copy', { label })}
        onClick={() => void copy()}
      />
      <span className="ui-hidden" role="status">
        {copied && text('copy.done')}
      </span>
    </div>
  );
}
