import { api } from '#web/api.ts';
import { adminPaths, clientPaths } from '#web/paths.ts';

/**
 * Where somebody goes who has just signed in: the page they came for, else the panel of their
 * place. `next` comes from the address, so only a path of this very site counts.
 */
export async function wayIn(next: string | null): Promise<string> {
  if (next !== null && isOwnPath(next)) return next;
  const { person } = await api.identity.session.current({});
  return person?.acting?.kind === 'staff' ? adminPaths.home() : clientPaths.home();
}

/** `//evil.example` and `/\evil.example` are other sites; control characters hide such. */
export function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])[^\u0000-\u001f]*$/.test(path);
}
