import { accountsIn, ownerOf } from '../service/guard-state.ts';
import { userNames } from './unix-users.ts';

const MOST_TOLD = 5000;

export interface ServerAccount {
  accountRef: string;
  /** The Unix user's name, or number where it has none. */
  owner: string;
}

/** The accounts of this server: homes that belong to somebody. */
export function serverAccounts(homes: string): ServerAccount[] {
  const names = userNames();
  const owned = { homes, owned: true };
  return accountsIn(owned)
    .slice(0, MOST_TOLD)
    .map((accountRef) => {
      const uid = ownerOf(owned, accountRef)?.uid ?? process.getuid?.() ?? 0;
      return { accountRef, owner: names.get(uid) ?? String(uid) };
    });
}
