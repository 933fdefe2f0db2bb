import { isLocale, type Locale } from '../texts.ts';

const LOCALE_COOKIE = 'stoika-locale';
const YEAR_SECONDS = 31_536_000;

/** The language chosen in this browser, else the browser's own when we speak it, else English. */
export function browserLocale(): Locale {
  const chosen = new RegExp(`(?:^|; )${LOCALE_COOKIE}=([a-z]+)`).exec(document.cookie)?.[1];
  const wanted = [chosen, ...navigator.languages.map((language) => language.slice(0, 2))];
  return wanted.find((locale): locale is Locale => isLocale(locale ?? '')) ?? 'en';
}

export function rememberLocale(locale: Locale): void {
  const cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  document.cookie = cookie;
}
