import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { Callout } from './callout.tsx';
import { Dialog } from './dialog.tsx';
import './form.css';
import { useFailureText } from './refusal-text.ts';
import { TextInput } from './text-input.tsx';

export type ConfirmDialogProps = {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** What will be gone, when, and what is not refunded. */
  children: ReactNode;
  /** A verb: what the button does. */
  confirm: ReactNode;
  /** What must be typed (a domain, a name) before the button works; for what cannot be undone. */
  typed?: string;
  /** Destroys (red, the default) or merely wants a second look. */
  final?: boolean;
  /** Does it. The dialog closes when it resolves and shows why when it throws. */
  onConfirm: () => Promise<unknown>;
};

export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={props.title}>
      <ConfirmBody {...props} />
    </Dialog>
  );
}

function ConfirmBody({
  children,
  confirm,
  typed,
  final = true,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const text = useTranslations('ui');
  const failureText = useFailureText();
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const matches = typed === undefined || words.trim() === typed;
  async function act() {
    if (!matches || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setFailure(failureText(error));
      setBusy(false);
    }
  }
  return (
    <form
      className="ui-form ui-form-wide"
      onSubmit={(event) => {
        event.preventDefault();
        void act();
      }}
    >
      <div>{children}</div>
      {typed !== undefined && (
        <TextInput
          label={text.rich('confirm.type', { typed, code: (chunk) => <code>{chunk}</code> })}
          value={words}
          onChange={setWords}
          mono
          autoComplete="off"
          autoFocus
          spellCheck={false}
        />
      )}
      {failure && (
        <Callout tone="bad" announce>
          {failure}
        </Callout>
      )}
      <div className="ui-form-actions">
        <Button type="submit" tone={final ? 'final' : 'primary'} busy={busy} disabled={!matches}>
          {confirm}
        </Button>
        <Button onClick={onClose}>{text('cancel')}</Button>
      </div>
    </form>
  );
}
