import { storePaths } from '../paths.ts';
import type { Locale } from '../texts.ts';

/** To the shop's door, and back here afterwards. */
export function goAndSignIn(locale: Locale): void {
  const { pathname, search } = globalThis.location;
  globalThis.location.replace(storePaths.signIn({ locale }, { next: pathname + search }));
}
