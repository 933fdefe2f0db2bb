import { clientPaths } from '../paths.ts';
import type { PanelRoute } from '../panel/route.ts';

/** Every screen of this panel. A new screen is one line here and its path in `web/paths.ts`. */
export const clientRoutes: readonly PanelRoute[] = [
  {
    path: clientPaths.packages,
    section: 'packages',
    screen: () =>
      import('#domains/subscriptions/screens/client/packages-page.tsx').then((m) => m.PackagesPage),
  },
  {
    path: clientPaths.package,
    section: 'packages',
    screen: () =>
      import('#domains/subscriptions/screens/client/package-page.tsx').then((m) => m.PackagePage),
  },
  {
    path: clientPaths.files,
    section: 'packages',
    screen: () => import('#domains/hosting/screens/client/files-page.tsx').then((m) => m.FilesPage),
  },
  {
    path: clientPaths.protection,
    section: 'packages',
    screen: () =>
      import('#domains/protection/screens/client/protection-page.tsx').then(
        (m) => m.ProtectionPage,
      ),
  },
  {
    path: clientPaths.finding,
    section: 'packages',
    screen: () =>
      import('#domains/protection/screens/client/finding-page.tsx').then((m) => m.FindingPage),
  },
  {
    path: clientPaths.licence,
    section: 'packages',
    screen: () =>
      import('#domains/licences/screens/client/licence-page.tsx').then((m) => m.LicencePage),
  },
  {
    path: clientPaths.orders,
    section: 'orders',
    screen: () =>
      import('#domains/orders/screens/client/orders-page.tsx').then((m) => m.OrdersPage),
  },
  {
    path: clientPaths.invoices,
    section: 'invoices',
    screen: () =>
      import('#domains/billing/screens/client/invoices-page.tsx').then((m) => m.InvoicesPage),
  },
  {
    path: clientPaths.invoice,
    section: 'invoices',
    screen: () =>
      import('#domains/billing/screens/client/invoice-page.tsx').then((m) => m.InvoicePage),
  },
  {
    path: clientPaths.quotes,
    section: 'orders',
    screen: () =>
      import('#domains/orders/screens/client/quotes-page.tsx').then((m) => m.QuotesPage),
  },
  {
    path: clientPaths.payMany,
    section: 'invoices',
    screen: () =>
      import('#domains/payments/screens/client/pay-many-page.tsx').then((m) => m.PayManyPage),
  },
  {
    path: clientPaths.balance,
    section: 'balance',
    screen: () =>
      import('#domains/payments/screens/client/balance-page.tsx').then((m) => m.BalancePage),
  },
  {
    path: clientPaths.cards,
    section: 'cards',
    screen: () =>
      import('#domains/payments/screens/client/cards-page.tsx').then((m) => m.CardsPage),
  },
  {
    path: clientPaths.payments,
    section: 'payments',
    screen: () =>
      import('#domains/payments/screens/client/payments-page.tsx').then((m) => m.PaymentsPage),
  },
  {
    path: clientPaths.payment,
    section: 'payments',
    screen: () =>
      import('#domains/payments/screens/client/payment-page.tsx').then((m) => m.PaymentPage),
  },
  {
    path: clientPaths.profile,
    section: 'profile',
    screen: () =>
      import('#domains/clients/screens/client/profile-page.tsx').then((m) => m.ProfilePage),
  },
  {
    path: clientPaths.security,
    section: 'security',
    screen: () =>
      import('#domains/identity/screens/panel/security-page.tsx').then((m) => m.SecurityPage),
  },
  {
    path: clientPaths.apiKeys,
    section: 'apiKeys',
    screen: () =>
      import('#domains/identity/screens/panel/api-keys-page.tsx').then((m) => m.ApiKeysPage),
  },
  {
    path: clientPaths.tickets,
    section: 'tickets',
    screen: () =>
      import('#domains/support/screens/client/tickets-page.tsx').then((m) => m.TicketsPage),
  },
  {
    path: clientPaths.newTicket,
    section: 'tickets',
    screen: () =>
      import('#domains/support/screens/client/new-ticket-page.tsx').then((m) => m.NewTicketPage),
  },
  {
    path: clientPaths.ticket,
    section: 'tickets',
    screen: () =>
      import('#domains/support/screens/client/ticket-page.tsx').then((m) => m.TicketPage),
  },
  {
    path: clientPaths.webhooks,
    section: 'webhooks',
    screen: () =>
      import('#domains/webhooks/screens/webhook-pages.tsx').then((m) => m.ClientWebhooksPage),
  },
  {
    path: clientPaths.webhook,
    section: 'webhooks',
    screen: () =>
      import('#domains/webhooks/screens/webhook-pages.tsx').then((m) => m.ClientWebhookPage),
  },
];
