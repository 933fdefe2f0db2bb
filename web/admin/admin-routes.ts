import { moneyRoutes } from './money-routes.ts';
import { adminPaths } from '../paths.ts';
import type { PanelRoute } from '../panel/route.ts';
import { protectionRoutes } from './protection-routes.ts';
import { supportRoutes } from './support-routes.ts';

/** Every screen of this panel. A new screen is one line here and its path in `web/paths.ts`. */
export const adminRoutes: readonly PanelRoute[] = [
  {
    path: adminPaths.orders,
    section: 'orders',
    screen: () =>
      import('#domains/orders/screens/admin/orders-page.tsx').then((m) => m.StaffOrdersPage),
  },
  {
    path: adminPaths.order,
    section: 'orders',
    screen: () =>
      import('#domains/orders/screens/admin/order-page.tsx').then((m) => m.StaffOrderPage),
  },
  {
    path: adminPaths.packages,
    section: 'packages',
    screen: () =>
      import('#domains/subscriptions/screens/admin/packages-page.tsx').then(
        (m) => m.StaffPackagesPage,
      ),
  },
  {
    path: adminPaths.package,
    section: 'packages',
    screen: () =>
      import('#domains/subscriptions/screens/admin/package-page.tsx').then(
        (m) => m.StaffPackagePage,
      ),
  },
  {
    path: adminPaths.deliveries,
    section: 'deliveries',
    screen: () =>
      import('#domains/hosting/screens/admin/deliveries-page.tsx').then((m) => m.DeliveriesPage),
  },
  {
    path: adminPaths.delivery,
    section: 'deliveries',
    screen: () =>
      import('#domains/hosting/screens/admin/delivery-page.tsx').then((m) => m.DeliveryPage),
  },
  {
    path: adminPaths.nodes,
    section: 'nodes',
    screen: () => import('#domains/hosting/screens/admin/nodes-page.tsx').then((m) => m.NodesPage),
  },
  {
    path: adminPaths.newNode,
    section: 'nodes',
    permission: 'hosting.write',
    screen: () =>
      import('#domains/hosting/screens/admin/new-node-page.tsx').then((m) => m.NewNodePage),
  },
  {
    path: adminPaths.node,
    section: 'nodes',
    screen: () => import('#domains/hosting/screens/admin/node-page.tsx').then((m) => m.NodePage),
  },
  ...moneyRoutes,
  ...supportRoutes,
  {
    path: adminPaths.trialBalance,
    section: 'reports',
    screen: () =>
      import('#domains/reports/screens/admin/trial-balance-page.tsx').then(
        (m) => m.TrialBalancePage,
      ),
  },
  {
    path: adminPaths.reportAccounts,
    section: 'reports',
    screen: () =>
      import('#domains/reports/screens/admin/accounts-page.tsx').then((m) => m.ReportAccountsPage),
  },
  {
    path: adminPaths.reportEntries,
    section: 'reports',
    screen: () =>
      import('#domains/reports/screens/admin/entries-page.tsx').then((m) => m.ReportEntriesPage),
  },
  {
    path: adminPaths.ageing,
    section: 'reports',
    screen: () =>
      import('#domains/reports/screens/admin/ageing-page.tsx').then((m) => m.AgeingPage),
  },
  {
    path: adminPaths.ageingOf,
    section: 'reports',
    screen: () =>
      import('#domains/reports/screens/admin/open-invoices-page.tsx').then(
        (m) => m.OpenInvoicesPage,
      ),
  },
  {
    path: adminPaths.statement,
    section: 'reports',
    screen: () =>
      import('#domains/reports/screens/admin/statement-page.tsx').then((m) => m.StatementPage),
  },
  {
    path: adminPaths.revenue,
    section: 'reports',
    screen: () =>
      import('#domains/reports/screens/admin/revenue-page.tsx').then((m) => m.RevenuePage),
  },
  {
    path: adminPaths.revenueLines,
    section: 'reports',
    screen: () =>
      import('#domains/reports/screens/admin/revenue-lines-page.tsx').then(
        (m) => m.RevenueLinesPage,
      ),
  },
  ...protectionRoutes,
  {
    path: adminPaths.licences,
    section: 'licences',
    screen: () =>
      import('#domains/licences/screens/admin/licences-page.tsx').then((m) => m.LicencesPage),
  },
  {
    path: adminPaths.licence,
    section: 'licences',
    screen: () =>
      import('#domains/licences/screens/admin/licence-page.tsx').then((m) => m.StaffLicencePage),
  },
  {
    path: adminPaths.strayLicences,
    section: 'licences',
    screen: () =>
      import('#domains/licences/screens/admin/strays-page.tsx').then((m) => m.StraysPage),
  },
  {
    path: adminPaths.suppliers,
    section: 'licences',
    screen: () =>
      import('#domains/licences/screens/admin/suppliers-page.tsx').then((m) => m.SuppliersPage),
  },
  {
    path: adminPaths.clients,
    section: 'clients',
    screen: () =>
      import('#domains/clients/screens/admin/client-list-page.tsx').then((m) => m.ClientListPage),
  },
  {
    path: adminPaths.client,
    section: 'clients',
    screen: () =>
      import('#domains/clients/screens/admin/client-page.tsx').then((m) => m.ClientPage),
  },
  {
    path: adminPaths.mail,
    section: 'mail',
    screen: () => import('#domains/messages/screens/admin/mail-page.tsx').then((m) => m.MailPage),
  },
  {
    path: adminPaths.message,
    section: 'mail',
    screen: () =>
      import('#domains/messages/screens/admin/message-page.tsx').then((m) => m.MessagePage),
  },
  {
    path: adminPaths.clock,
    section: 'clock',
    screen: () =>
      import('#domains/operations/screens/admin/clock-page.tsx').then((m) => m.ClockPage),
  },
  {
    path: adminPaths.jobs,
    section: 'jobs',
    screen: () => import('#domains/operations/screens/admin/jobs-page.tsx').then((m) => m.JobsPage),
  },
  {
    path: adminPaths.audit,
    section: 'audit',
    screen: () =>
      import('#domains/operations/screens/admin/audit-page.tsx').then((m) => m.AuditPage),
  },
  {
    path: adminPaths.staff,
    section: 'staff',
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
  {
    path: adminPaths.catalogue,
    section: 'products',
    screen: () =>
      import('#domains/catalog/screens/admin/catalogue-page.tsx').then((m) => m.CataloguePage),
  },
  {
    path: adminPaths.changes,
    section: 'changes',
    screen: () =>
      import('#domains/catalog/screens/admin/changes-page.tsx').then((m) => m.ChangesPage),
  },
  {
    path: adminPaths.newChange,
    section: 'changes',
    permission: 'catalog.write',
    screen: () =>
      import('#domains/catalog/screens/admin/change-editor.tsx').then((m) => m.NewChangePage),
  },
  {
    path: adminPaths.change,
    section: 'changes',
    screen: () =>
      import('#domains/catalog/screens/admin/change-page.tsx').then((m) => m.ChangePage),
  },
  {
    path: adminPaths.editChange,
    section: 'changes',
    permission: 'catalog.write',
    screen: () =>
      import('#domains/catalog/screens/admin/change-editor.tsx').then((m) => m.EditChangePage),
  },
  {
    path: adminPaths.forecast,
    section: 'changes',
    permission: 'reports.read',
    screen: () =>
      import('#domains/forecasts/screens/admin/forecast-page.tsx').then((m) => m.ForecastPage),
  },
  {
    path: adminPaths.simulation,
    section: 'simulation',
    screen: () =>
      import('#domains/forecasts/screens/admin/simulation-page.tsx').then((m) => m.SimulationPage),
  },
  {
    path: adminPaths.promos,
    section: 'promos',
    screen: () =>
      import('#domains/catalog/screens/admin/promos-page.tsx').then((m) => m.PromosPage),
  },
];
