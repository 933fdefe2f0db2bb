import { useEffect, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { formatBytes } from '../format-bytes.ts';

export type Chosen = { file: File; unpack: boolean };

type Props = {
  files: readonly File[];
  /** Names that stand in the folder already. */
  taken: readonly string[];
  onClose: () => void;
  onChosen: (files: Chosen[]) => void;
};

/** Asks what has to be asked before an upload: whether to unpack a zip, whether to write over. */
export function UploadDialog({ files, taken, onClose, onChosen }: Props) {
  const text = useTranslations('hosting.files');
  const locale = useLocale();
  const [unpack, setUnpack] = useState(true);
  const hasZip = files.some(isZip);
  const kept = files.filter((file) => !(unpack && isZip(file)));
  const replaced = kept.filter(({ name }) => taken.includes(name));
  const mustAsk = hasZip || replaced.length > 0;
  const go = () => {
    onChosen(files.map((file) => ({ file, unpack: unpack && isZip(file) })));
    onClose();
  };
  useEffect(() => {
    if (!mustAsk) go();
    // Once, for the files it was opened with.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  if (!mustAsk) return null;
  return (
    <Dialog open onClose={onClose} title={text('uploadTitle', { count: files.length })}>
      <ul>
        {files.map((file) => (
          <li key={file.name}>
            {file.name} <span className="ui-muted ui-small">{formatBytes(file.size, locale)}</span>
          </li>
        ))}
      </ul>
      {hasZip && (
        <Checkbox
          label={text('unpack')}
          help={text('unpackHelp')}
          checked={unpack}
          onChange={setUnpack}
        />
      )}
      {replaced.length > 0 && (
        <Callout tone="wait">
          {text('replaces', { names: replaced.map(({ name }) => name).join(', ') })}
        </Callout>
      )}
      <div className="ui-form-actions">
        <Button tone="primary" onClick={go}>
          {text('upload')}
        </Button>
        <Button onClick={onClose}>{text('cancel')}</Button>
      </div>
    </Dialog>
  );
}

function isZip({ name, type }: File): boolean {
  return type === 'application/zip' || name.toLowerCase().endsWith('.zip');
}
