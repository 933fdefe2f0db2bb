import { IconX } from '@tabler/icons-react';
import { type MouseEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { classes } from './classes.ts';
import './dialog.css';
import { IconButton } from './icon-button.tsx';

export type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  wide?: boolean;
  children: ReactNode;
};

/** The browser's modal dialog: it traps focus, closes on Escape and gives focus back. */
export function Dialog({ open, ...rest }: DialogProps) {
  return open ? <OpenDialog {...rest} /> : null;
}

function OpenDialog({ onClose, title, wide, children }: Omit<DialogProps, 'open'>) {
  const text = useTranslations('ui');
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  // In the layout phase, so that it closes while it still stands in the document: only then does
  // the browser give the focus back to where it was.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>(FIRST_STOP)?.focus();
    return () => dialog?.close();
  }, []);
  function closeOnBackdrop(event: MouseEvent) {
    if (event.target === element.current) onClose();
  }
  return (
    <dialog
      ref={element}
      className={classes('ui-dialog', wide && 'ui-dialog-wide')}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={closeOnBackdrop}
    >
      <div className="ui-dialog-head">
        <h2 id={id}>{title}</h2>
        <IconButton icon={IconX} label={text('close')} onClick={onClose} />
      </div>
      <div className="ui-dialog-body">{children}</div>
    </dialog>
  );
}

/** Where typing goes first: a field rather than the closing cross. */
const FIRST_STOP = '.ui-dialog-body :is(input, select, textarea, button):not(:disabled)';
