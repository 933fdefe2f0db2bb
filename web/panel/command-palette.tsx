import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { Finder } from './finder.tsx';
import type { PanelShell } from './route.ts';

/** Ctrl-K: jump anywhere by typing a part of its name, or look for a thing in a section. */
export function CommandPalette({ shell }: { shell: PanelShell }) {
  const text = useTranslations('shell');
  const [open, setOpen] = useState(false);
  useEffect(() => {
    function onKey(event: globalThis.KeyboardEvent) {
      // By place, not by letter: the Russian layout has Л there.
      if (event.code !== 'KeyK' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen((shown) => !shown);
    }
    globalThis.addEventListener('keydown', onKey);
    return () => globalThis.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        className="panel-find"
        aria-keyshortcuts="Control+K"
        onClick={() => setOpen(true)}
      >
        <Icon of={IconSearch} />
        <span>{text('find')}</span>
        <kbd aria-hidden>Ctrl K</kbd>
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title={text('find')}>
        <Finder shell={shell} close={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
