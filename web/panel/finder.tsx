import { IconSearch, type Icon as TablerIcon } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '../ui/icon.tsx';
import { useNavigation } from '../ui/navigation.tsx';
import type { PanelShell } from './route.ts';
import { allowed, useSession } from './session.tsx';

type Place = { id: string; icon: TablerIcon; label: string; href: string };

/** Where the typed words may lead: sections of that name, then sections to search in. */
function usePlaces(shell: PanelShell, typed: string): Place[] {
  const text = useTranslations('shell');
  const session = useSession();
  const words = typed.trim();
  const sections = shell.sections
    .filter((section) => allowed(session, section.permission))
    .map((section) => ({ ...section, label: text(`${shell.id}.${section.id}`) }));
  const named = sections.filter(({ label }) => label.toLowerCase().includes(words.toLowerCase()));
  if (!words) return named;
  const searched = sections
    .filter((section) => section.searchable)
    .map(({ id, label, href }) => ({
      id: `search-${id}`,
      icon: IconSearch,
      label: text('findIn', { words, section: label }),
      href: `${href}?${new URLSearchParams({ search: words })}`,
    }));
  return [...named, ...searched];
}

/** The list behind Ctrl-K; arrows choose, Enter goes. */
export function Finder({ shell, close }: { shell: PanelShell; close: () => void }) {
  const text = useTranslations('shell');
  const navigation = useNavigation();
  const id = useId();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(0);
  const places = usePlaces(shell, words);
  const index = Math.min(chosen, places.length - 1);
  function go(place: Place | undefined) {
    if (!place) return;
    close();
    navigation.go(place.href);
  }
  function onKey(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') go(places[index]);
    if (step === undefined) return;
    event.preventDefault();
    setChosen((index + step + places.length) % Math.max(1, places.length));
  }
  return (
    <div className="panel-finder">
      <input
        className="ui-input"
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={places[index] ? `${id}-${places[index].id}` : undefined}
        aria-label={text('find')}
        placeholder={text('findPlaceholder')}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKey}
      />
      <ul className="panel-found" role="listbox" id={id} aria-label={text('find')}>
        {places.map((place, position) => (
          <li
            key={place.id}
            id={`${id}-${place.id}`}
            role="option"
            aria-selected={position === index}
            onPointerMove={() => setChosen(position)}
            onClick={() => go(place)}
          >
            <Icon of={place.icon} />
            {place.label}
          </li>
        ))}
      </ul>
      {places.length === 0 && <p className="ui-muted">{text('findNothing')}</p>}
    </div>
  );
}
