import { IconBuildingStore, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { clientPaths, storePaths } from '../paths.ts';
import { LANGUAGE_NAMES, LOCALES } from '../texts.ts';
import { Button } from '../ui/button.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { ThemeSwitch } from '../ui/theme-switch.tsx';
import { CommandPalette } from './command-palette.tsx';
import type { PanelId, PanelShell } from './route.ts';
import { chooseLocale, useSession } from './session.tsx';

export function TopBar({ shell, menu }: { shell: PanelShell; menu: ReactNode }) {
  const { locale } = useSession();
  return (
    <header className="panel-bar">
      <span className="panel-menu-button">{menu}</span>
      <CommandPalette shell={shell} />
      <div className="panel-bar-end">
        <Indicator shell={shell} />
        <LanguageSwitch
          current={locale}
          languages={LOCALES.map((each) => ({ locale: each, name: LANGUAGE_NAMES[each] }))}
          onChoose={chooseLocale}
        />
        <ThemeSwitch />
        <UserMenu shell={shell} />
      </div>
    </header>
  );
}

function Indicator({ shell }: { shell: PanelShell }) {
  const { indicator } = shell;
  const Shown = useMemo(
    () => indicator && lazy(async () => ({ default: await indicator() })),
    [indicator],
  );
  return <Suspense fallback={null}>{Shown && <Shown />}</Suspense>;
}

const PANEL_HOME: Record<PanelId, { href: string; text: 'account' | 'seller' | 'admin' }> = {
  client: { href: '/account', text: 'account' },
  seller: { href: '/seller', text: 'seller' },
  admin: { href: '/admin', text: 'admin' },
};

function UserMenu({ shell }: { shell: PanelShell }) {
  const text = useTranslations('shell');
  const { user, panels, locale } = useSession();
  const others = panels.filter((panel) => panel !== shell.id);
  const items: MenuItem[] = [
    { label: text('profile'), icon: IconUserCircle, href: clientPaths.home() },
    { kind: 'line' },
    ...others.map((panel) => ({
      label: text(PANEL_HOME[panel].text),
      href: PANEL_HOME[panel].href,
    })),
    { label: text('toStore'), icon: IconBuildingStore, href: storePaths.home({ locale }) },
    { kind: 'line' },
    { label: text('signOut'), icon: IconLogout, onSelect: () => undefined },
  ];
  return (
    <Menu
      label={user.name}
      head={user.email}
      items={items}
      trigger={(props) => (
        <Button {...props} tone="quiet" className="panel-user" aria-label={user.name}>
          <span className="panel-face" aria-hidden>
            {initials(user.name)}
          </span>
        </Button>
      )}
    />
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map((word) => word[0]?.toUpperCase()).join('');
}
