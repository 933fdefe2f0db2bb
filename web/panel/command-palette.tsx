import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { useNavigation } from '../ui/navigation.tsx';
import type { PanelSection, PanelShell } from './route.ts';
import { allowed, useSession } from './session.tsx';

/** Ctrl-K: jump anywhere by typing a part of its name. */
export function CommandPalette({ shell }: { shell: PanelShell }) {
  const text = useTranslations('shell');
  const [open, setOpen] = useState(false);
  useEffect(() => {
    function onKey(event: globalThis.KeyboardEvent) {
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
        aria-label={text('find')}
        onClick={() => setOpen(true)}
      >
        <Icon of={IconSearch} />
        <span>{text('find')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title={text('find')}>
        <Finder shell={shell} close={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function Finder({ shell, close }: { shell: PanelShell; close: () => void }) {
  const text = useTranslations('shell');
  const session = useSession();
  const navigation = useNavigation();
  const id = useId();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(0);
  const nameOf = (section: PanelSection) => text(`${shell.id}.${section.id}`);
  const found = shell.sections
    .filter((section) => allowed(session, section.permission))
    .filter((section) => nameOf(section).toLowerCase().includes(words.trim().toLowerCase()));
  const index = Math.min(chosen, found.length - 1);
  function go(section: PanelSection | undefined) {
    if (!section) return;
    close();
    navigation.go(section.href);
  }
  function onKey(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') go(found[index]);
    if (step === undefined) return;
    event.preventDefault();
    setChosen((index + step + found.length) % Math.max(1, found.length));
  }
  return (
    <div className="panel-finder">
      <input
        className="ui-input"
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={found[index] ? `${id}-${found[index].id}` : undefined}
        aria-label={text('find')}
        placeholder={text('findPlaceholder')}
        autoFocus
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKey}
      />
      <ul className="panel-found" role="listbox" id={id} aria-label={text('find')}>
        {found.map((section, position) => (
          <li
            key={section.id}
            id={`${id}-${section.id}`}
            role="option"
            aria-selected={position === index}
            onPointerMove={() => setChosen(position)}
            onClick={() => go(section)}
          >
            <Icon of={section.icon} />
            {nameOf(section)}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="ui-muted">{text('findNothing')}</p>}
    </div>
  );
}
