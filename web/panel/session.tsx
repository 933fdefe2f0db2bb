import { createContext, useContext } from 'react';
import { isLocale, type Locale } from '../texts.ts';
import type { PanelId } from './route.ts';

/** Who works here, and under which brand. */
export type PanelSession = {
  user: { id: string; name: string; email: string };
  /** Staff permissions; clients need none. */
  permissions: readonly string[];
  /** The panels this user may open. */
  panels: readonly PanelId[];
  locale: Locale;
  timeZone: string;
  brand: { id: string; name: string; accent: string; logoUrl: string | null };
};

const SessionContext = createContext<PanelSession | null>(null);

export const SessionProvider = SessionContext.Provider;

/** The session of the panel; screens outside a panel (signing in) must not ask. */
export function useSession(): PanelSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('this screen needs a signed-in panel');
  return session;
}

export function allowed(session: PanelSession, permission: string | undefined): boolean {
  return permission === undefined || session.permissions.includes(permission);
}

const LOCALE_COOKIE = 'stoika-locale';

/** The language chosen in this browser, else the browser's own when we speak it, else English. */
export function browserLocale(): Locale {
  const chosen = new RegExp(`(?:^|; )${LOCALE_COOKIE}=([a-z]+)`).exec(document.cookie)?.[1];
  const wanted = [chosen, ...navigator.languages.map((language) => language.slice(0, 2))];
  return wanted.find((locale): locale is Locale => isLocale(locale ?? '')) ?? 'en';
}

/** Speaks another language from now on; the page is loaded anew in it. */
export function chooseLocale(locale: string): void {
  document.cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=31536000; samesite=lax`;
  globalThis.location.reload();
}
