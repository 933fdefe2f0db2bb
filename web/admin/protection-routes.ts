import { adminPaths } from '../paths.ts';
import type { PanelRoute } from '../panel/route.ts';

/** The screens of protection, as one part of the panel. */
export const protectionRoutes: readonly PanelRoute[] = [
  {
    path: adminPaths.protection,
    section: 'protection',
    screen: () =>
      import('#domains/protection/screens/admin/guarded-sites-page.tsx').then(
        (m) => m.GuardedSitesPage,
      ),
  },
  {
    path: adminPaths.guardedSite,
    section: 'protection',
    screen: () =>
      import('#domains/protection/screens/admin/guarded-site-page.tsx').then(
        (m) => m.GuardedSitePage,
      ),
  },
  {
    path: adminPaths.findings,
    section: 'protection',
    screen: () =>
      import('#domains/protection/screens/admin/findings-page.tsx').then((m) => m.FindingsPage),
  },
  {
    path: adminPaths.finding,
    section: 'protection',
    screen: () =>
      import('#domains/protection/screens/admin/staff-finding-page.tsx').then(
        (m) => m.StaffFindingPage,
      ),
  },
  {
    path: adminPaths.guardRules,
    section: 'protection',
    screen: () =>
      import('#domains/protection/screens/admin/rules-page.tsx').then((m) => m.RulesPage),
  },
  {
    path: adminPaths.reputation,
    section: 'protection',
    screen: () =>
      import('#domains/protection/screens/admin/reputation-page.tsx').then((m) => m.ReputationPage),
  },
  {
    path: adminPaths.guardedNodes,
    section: 'protection',
    screen: () =>
      import('#domains/protection/screens/admin/guarded-nodes-page.tsx').then(
        (m) => m.GuardedNodesPage,
      ),
  },
];
