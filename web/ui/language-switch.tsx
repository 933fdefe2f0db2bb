import { IconWorld } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { Menu } from './menu.tsx';

export type Language = { locale: string; name: string; href?: string };

export type LanguageSwitchProps = {
  current: string;
  languages: readonly Language[];
  /** For shells whose language is a choice of the user rather than an address. */
  onChoose?: (locale: string) => void;
};

/** Each language under its own name, in its own words. */
export function LanguageSwitch({ current, languages, onChoose }: LanguageSwitchProps) {
  const text = useTranslations('ui');
  return (
    <Menu
      label={text('language')}
      trigger={(props) => (
        <Button {...props} tone="quiet" icon={IconWorld}>
          <span className="ui-hidden">{text('language')}: </span>
          {current.toUpperCase()}
        </Button>
      )}
      items={languages.map((language) => ({
        label: language.name,
        lang: language.locale,
        current: language.locale === current,
        href: language.href,
        onSelect: () => onChoose?.(language.locale),
      }))}
    />
  );
}
