import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from './icon-button.tsx';
import { Menu } from './menu.tsx';
import { applyTheme, currentTheme, type Theme } from './theme.ts';

const CHOICES = [
  { theme: 'system', icon: IconDeviceDesktop },
  { theme: 'light', icon: IconSun },
  { theme: 'dark', icon: IconMoon },
] as const;

/** Light, dark, or as the device says. */
export function ThemeSwitch() {
  const text = useTranslations('ui');
  const [theme, setTheme] = useState<Theme>('system');
  useEffect(() => setTheme(currentTheme()), []);
  function choose(next: Theme) {
    applyTheme(next);
    setTheme(next);
  }
  const icon = CHOICES.find((choice) => choice.theme === theme)?.icon ?? IconDeviceDesktop;
  return (
    <Menu
      label={text('theme.label')}
      trigger={(props) => <IconButton {...props} icon={icon} label={text('theme.label')} />}
      items={CHOICES.map((choice) => ({
        label: text(`theme.${choice.theme}`),
        icon: choice.icon,
        current: choice.theme === theme,
        onSelect: () => choose(choice.theme),
      }))}
    />
  );
}
