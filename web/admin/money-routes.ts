import { adminPaths } from '../paths.ts';
import type { PanelRoute } from '../panel/route.ts';

/** Documents, payments and how money is collected. */
export const moneyRoutes: readonly PanelRoute[] = [
  {
    path: adminPaths.invoices,
    section: 'invoices',
    screen: () =>
      import('#domains/billing/screens/admin/invoices-page.tsx').then((m) => m.InvoicesPage),
  },
  {
    path: adminPaths.invoice,
    section: 'invoices',
    screen: () =>
      import('#domains/billing/screens/admin/invoice-page.tsx').then((m) => m.InvoicePage),
  },
  {
    path: adminPaths.newInvoice,
    section: 'clients',
    permission: 'invoices.write',
    screen: () =>
      import('#domains/billing/screens/admin/new-invoice-page.tsx').then((m) => m.NewInvoicePage),
  },
  {
    path: adminPaths.taxRates,
    section: 'invoices',
    screen: () => import('#domains/tax/screens/rates-page.tsx').then((m) => m.TaxRatesPage),
  },
  {
    path: adminPaths.newQuote,
    section: 'clients',
    permission: 'orders.write',
    screen: () =>
      import('#domains/orders/screens/admin/new-quote-page.tsx').then((m) => m.NewQuotePage),
  },
  {
    path: adminPaths.payments,
    section: 'payments',
    screen: () =>
      import('#domains/payments/screens/admin/payments-page.tsx').then((m) => m.StaffPaymentsPage),
  },
  {
    path: adminPaths.payment,
    section: 'payments',
    screen: () =>
      import('#domains/payments/screens/admin/payment-page.tsx').then((m) => m.StaffPaymentPage),
  },
  {
    path: adminPaths.refunds,
    section: 'payments',
    screen: () =>
      import('#domains/payments/screens/admin/refunds-page.tsx').then((m) => m.RefundsPage),
  },
  {
    path: adminPaths.collection,
    section: 'payments',
    permission: 'brands.read',
    screen: () =>
      import('#domains/orders/screens/admin/collection-page.tsx').then((m) => m.CollectionPage),
  },
  {
    path: adminPaths.gateways,
    section: 'payments',
    permission: 'brands.read',
    screen: () =>
      import('#domains/payments/screens/admin/gateways-page.tsx').then((m) => m.GatewaysPage),
  },
  {
    path: adminPaths.reportMonths,
    section: 'reports',
    permission: 'reports.read',
    screen: () =>
      import('#domains/reports/screens/admin/months-page.tsx').then((m) => m.MonthsPage),
  },
];
