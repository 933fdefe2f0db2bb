import type { PanelSession } from './session.tsx';

/** Who is signed in, with what the panels need to know; null for a stranger. */
export async function loadSession(): Promise<PanelSession | null> {
  const response = await fetch('/v1/session', { headers: { accept: 'application/json' } });
  if (response.status === 401) return null;
  if (!response.ok) throw new Error(`the session answered ${response.status}`);
  return (await response.json()) as PanelSession;
}
