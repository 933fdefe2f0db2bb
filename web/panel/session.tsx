import { createContext, useContext } from 'react';
import type { ApiClient } from '../api.ts';
import type { Locale } from '../texts.ts';
import type { PanelId } from './route.ts';

type Current = Awaited<ReturnType<ApiClient['identity']['session']['current']>>;

export type Person = NonNullable<Current['person']>;
export type PanelBrand = Current['brand'];

/** Who works here, and under which brand. */
export type PanelSession = {
  brand: PanelBrand;
  person: Person;
  locale: Locale;
  /** The viewer's own zone, for instants; billing dates have none. */
  timeZone: string;
  /** The panels this person may open. */
  panels: readonly PanelId[];
};

const SessionContext = createContext<PanelSession | null>(null);

export const SessionProvider = SessionContext.Provider;

/** The session of the panel; screens outside a panel (signing in) must not ask. */
export function useSession(): PanelSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('this screen needs a signed-in panel');
  return session;
}

/** Whether a control is worth showing; the server decides again when it is used. */
export function allowed({ person }: PanelSession, permission: string | undefined): boolean {
  return permission === undefined || person.permissions.includes(permission);
}
