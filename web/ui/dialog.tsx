import { IconX } from '@tabler/icons-react';
import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from 'react';
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
export function Dialog({ open, onClose, title, wide, children }: DialogProps) {
  const text = useTranslations('ui');
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    if (open && dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, [open]);
  if (!open) return null;
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
