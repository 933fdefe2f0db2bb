import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';

/** One screen of a panel: one line in that panel's routes table. */
export type PanelRoute = {
  /** From `web/paths.ts`. */
  path: { pattern: string };
  /** Which entry of the rail is lit; null for screens outside it. */
  section: string | null;
  /**
   * Staff permission where it is another than the section's; the server checks it again, here it
   * only hides what would be refused.
   */
  permission?: string;
  /** Without rail and bar: signing in. */
  bare?: boolean;
  screen: () => Promise<ComponentType>;
};

/** An entry of the rail. Its words are `shell.<panel>.<id>` in the texts. */
export type PanelSection = {
  id: string;
  icon: Icon;
  href: string;
  permission?: string;
  /** Its screen is a `DataTable` with search: Ctrl-K offers to look there for what was typed. */
  searchable?: boolean;
  /** Neighbours of one group stand under `shell.<panel>.groups.<group>`. */
  group?: string;
};

export type PanelId = 'client' | 'seller' | 'admin';

export type PanelShell = {
  id: PanelId;
  homeHref: string;
  /** Name, password, second factor, sessions: the user's own screen in this panel. */
  profileHref?: string;
  routes: readonly PanelRoute[];
  sections: readonly PanelSection[];
  /** Stands in the top bar: the sandbox's clock, a seller's balance. Made with React's `lazy`. */
  indicator?: ComponentType;
};
