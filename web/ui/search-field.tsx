import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from './icon.tsx';
import { TextInput } from './text-input.tsx';

export type SearchFieldProps = {
  label?: string;
  placeholder?: string;
  value: string;
  /** Called 250 ms after the last key, and at once on Enter. */
  onSearch: (value: string) => void;
};

const PAUSE_MS = 250;

export function SearchField({ label, placeholder, value, onSearch }: SearchFieldProps) {
  const text = useTranslations('ui');
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  // A value that came from elsewhere (a reset, the back button) replaces what is typed; our own
  // echo does not, or it would swallow keys pressed meanwhile.
  useEffect(() => {
    if (value !== sent.current) setTyped(value);
    sent.current = value;
  }, [value]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => send(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  function send(words: string) {
    sent.current = words;
    onSearch(words);
  }
  return (
    <TextInput
      type="search"
      label={label ?? text('search')}
      labelHidden
      optional
      placeholder={placeholder ?? text('search')}
      value={typed}
      onChange={setTyped}
      before={<Icon of={IconSearch} />}
      onKeyDown={(event) => event.key === 'Enter' && send(typed)}
    />
  );
}
