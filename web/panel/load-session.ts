import { api } from '../api.ts';
import type { PanelId } from './route.ts';
import type { PanelSession, Person } from './session.tsx';

/** Whose place a panel is for. */
const KIND: Readonly<Record<PanelId, Person['places'][number]['kind']>> = {
  client: 'client',
  seller: 'staff',
  admin: 'staff',
};

export type Entry =
  | { kind: 'stranger' }
  /** Signed in, but nothing here is theirs. */
  | { kind: 'outsider'; session: PanelSession }
  | { kind: 'member'; session: PanelSession };

/**
 * Who opens this panel. Somebody who is staff here and a client there acts for one of them at a
 * time, so entering a panel makes them act for a place of its kind.
 */
export async function enterPanel(panel: PanelId): Promise<Entry> {
  const first = await api.identity.session.current({});
  if (!first.person) return { kind: 'stranger' };
  const session = sessionOf({ ...first, person: first.person });
  const kind = KIND[panel];
  if (first.person.acting?.kind === kind) return { kind: 'member', session };
  const place = first.person.places.find((each) => each.kind === kind);
  if (!place) return { kind: 'outsider', session };
  await api.identity.session.actAs({ id: place.id });
  const second = await api.identity.session.current({});
  if (!second.person) return { kind: 'stranger' };
  return { kind: 'member', session: sessionOf({ ...second, person: second.person }) };
}

function sessionOf({ brand, person }: Pick<PanelSession, 'brand' | 'person'>): PanelSession {
  const kinds = new Set(person.places.map((place) => place.kind));
  const panels = (['client', 'admin'] as const).filter((panel) => kinds.has(KIND[panel]));
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { brand, person, panels, locale: person.language, timeZone };
}
