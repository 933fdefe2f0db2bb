export type Theme = 'system' | 'light' | 'dark';

/** Where the choice is kept; a cookie, so that a server may know it too. */
export const THEME_COOKIE = 'stoika-theme';

const YEAR_SECONDS = 31_536_000;

export function currentTheme(): Theme {
  const found = new RegExp(`(?:^|; )${THEME_COOKIE}=(light|dark)`).exec(document.cookie);
  return (found?.[1] as Theme | undefined) ?? 'system';
}

export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  const age = theme === 'system' ? 0 : YEAR_SECONDS;
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${age}; samesite=lax`;
}

/**
 * Runs in the head before anything is painted, so that a chosen theme never flashes. Inlined;
 * the content security policy names its hash.
 */
export const THEME_BOOT =
  `(m=>m&&(document.documentElement.dataset.theme=m[1]))` +
  `(document.cookie.match(/(?:^|; )${THEME_COOKIE}=(light|dark)/))`;
