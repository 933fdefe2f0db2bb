import type { PanelShell } from './route.ts';

type ShellEntry = { prefix: string; load: () => Promise<PanelShell> };

/** Where each panel lives; each is a chunk of its own. */
const SHELLS: readonly ShellEntry[] = [
  { prefix: '/account', load: async () => (await import('../client/client-shell.ts')).clientShell },
  { prefix: '/seller', load: async () => (await import('../seller/seller-shell.ts')).sellerShell },
  { prefix: '/admin', load: async () => (await import('../admin/admin-shell.ts')).adminShell },
];

export function shellAt(pathname: string): ShellEntry | undefined {
  return SHELLS.find(({ prefix }) => pathname === prefix || pathname.startsWith(`${prefix}/`));
}
