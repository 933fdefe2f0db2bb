import { adminPaths } from '../paths.ts';
import type { PanelRoute } from '../panel/route.ts';

/** Every screen of this panel. A new screen is one line here and its path in `web/paths.ts`. */
export const adminRoutes: readonly PanelRoute[] = [
  {
    path: adminPaths.invoices,
    section: 'invoices',
    permission: 'invoices.read',
    screen: () =>
      import('#domains/billing/screens/admin/invoices-page.tsx').then((m) => m.InvoicesPage),
  },
  {
    path: adminPaths.invoice,
    section: 'invoices',
    permission: 'invoices.read',
    screen: () =>
      import('#domains/billing/screens/admin/invoice-page.tsx').then((m) => m.InvoicePage),
  },
  {
    path: adminPaths.clients,
    section: 'clients',
    permission: 'clients.read',
    screen: () =>
      import('#domains/clients/screens/admin/client-list-page.tsx').then((m) => m.ClientListPage),
  },
  {
    path: adminPaths.client,
    section: 'clients',
    permission: 'clients.read',
    screen: () =>
      import('#domains/clients/screens/admin/client-page.tsx').then((m) => m.ClientPage),
  },
  {
    path: adminPaths.staff,
    section: 'staff',
    permission: 'staff.read',
    screen: () => import('#domains/identity/screens/admin/staff-page.tsx').then((m) => m.StaffPage),
  },
  {
    path: adminPaths.apiKeys,
    section: 'apiKeys',
    screen: () =>
      import('#domains/identity/screens/panel/api-keys-page.tsx').then((m) => m.ApiKeysPage),
  },
  {
    path: adminPaths.security,
    section: null,
    screen: () =>
      import('#domains/identity/screens/panel/security-page.tsx').then((m) => m.SecurityPage),
  },
];
