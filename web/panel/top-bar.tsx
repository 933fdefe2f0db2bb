import { IconBuildingStore, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { type ReactNode, Suspense } from 'react';
import { useTranslations } from 'use-intl';
import { adminPaths, clientPaths, sellerPaths, storePaths } from '../paths.ts';
import { api } from '../api.ts';
import { LANGUAGE_NAMES, isLocale, type Locale } from '../texts.ts';
import { Button } from '../ui/button.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { ThemeSwitch } from '../ui/theme-switch.tsx';
import { CommandPalette } from './command-palette.tsx';
import type { PanelId, PanelShell } from './route.ts';
import { rememberLocale } from './locale.ts';
import { useSession } from './session.tsx';

export function TopBar({ shell, menu }: { shell: PanelShell; menu: ReactNode }) {
  const { locale, brand } = useSession();
  const Indicator = shell.indicator;
  return (
    <header className="panel-bar">
      <span className="panel-menu-button">{menu}</span>
      <CommandPalette shell={shell} />
      <div className="panel-bar-end">
        {Indicator && (
          <Suspense fallback={null}>
            <Indicator />
          </Suspense>
        )}
        <LanguageSwitch
          current={locale}
          languages={brand.languages.map((each) => ({ locale: each, name: LANGUAGE_NAMES[each] }))}
          onChoose={(chosen) => void speak(chosen)}
        />
        <ThemeSwitch />
        <UserMenu shell={shell} />
      </div>
    </header>
  );
}

const PANEL_HOME: Readonly<Record<PanelId, string>> = {
  client: clientPaths.home(),
  seller: sellerPaths.home(),
  admin: adminPaths.home(),
};

function UserMenu({ shell }: { shell: PanelShell }) {
  const text = useTranslations('shell');
  const { person, panels, locale } = useSession();
  const others = panels.filter((panel) => panel !== shell.id);
  const items: MenuItem[] = [
    ...(shell.profileHref
      ? [{ label: text('profile'), icon: IconUserCircle, href: shell.profileHref }]
      : []),
    ...others.map((panel) => ({
      label: text(`panels.${panel}`),
      href: PANEL_HOME[panel],
    })),
    { label: text('toStore'), icon: IconBuildingStore, href: storePaths.home({ locale }) },
    { kind: 'line' },
    { label: text('signOut'), icon: IconLogout, onSelect: () => void signOut(locale) },
  ];
  return (
    <Menu
      label={person.name}
      head={person.email}
      items={items}
      trigger={(props) => (
        <Button {...props} tone="quiet" className="panel-user">
          <span className="panel-face" aria-hidden>
            {initials(person.name)}
          </span>
          <span className="ui-hidden">{person.name}</span>
        </Button>
      )}
    />
  );
}

/** The language is the person's, not the browser's: mails follow it too. */
async function speak(locale: string) {
  if (!isLocale(locale)) return;
  await api.identity.person.update({ language: locale });
  rememberLocale(locale);
  globalThis.location.reload();
}

async function signOut(locale: Locale) {
  await api.identity.session.signOut({});
  globalThis.location.assign(storePaths.home({ locale }));
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase())
    .join('');
}
