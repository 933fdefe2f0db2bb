import { billingRoutes } from '#domains/billing/index.ts';
import { catalogRoutes } from '#domains/catalog/index.ts';
import { clientsRoutes } from '#domains/clients/index.ts';
import { forecastsRoutes } from '#domains/forecasts/index.ts';
import { hostingRoutes } from '#domains/hosting/index.ts';
import { identityRoutes } from '#domains/identity/index.ts';
import { licencesRoutes } from '#domains/licences/index.ts';
import { messagesRoutes } from '#domains/messages/index.ts';
import { operationsRoutes } from '#domains/operations/index.ts';
import { ordersRoutes } from '#domains/orders/index.ts';
import { paymentsRoutes } from '#domains/payments/index.ts';
import { protectionRoutes } from '#domains/protection/index.ts';
import { reportsRoutes } from '#domains/reports/index.ts';
import { subscriptionsRoutes } from '#domains/subscriptions/index.ts';
import { supportRoutes } from '#domains/support/index.ts';
import { taxRoutes } from '#domains/tax/index.ts';
import { webhooksRoutes } from '#domains/webhooks/index.ts';
import type { apiContract } from './contract.ts';

/** The operations behind the contract; a domain in one and not in the other is a type error. */
export const apiRouter: Record<keyof typeof apiContract, unknown> = {
  billing: billingRoutes,
  catalog: catalogRoutes,
  clients: clientsRoutes,
  forecasts: forecastsRoutes,
  hosting: hostingRoutes,
  identity: identityRoutes,
  licences: licencesRoutes,
  messages: messagesRoutes,
  operations: operationsRoutes,
  orders: ordersRoutes,
  payments: paymentsRoutes,
  protection: protectionRoutes,
  reports: reportsRoutes,
  subscriptions: subscriptionsRoutes,
  support: supportRoutes,
  tax: taxRoutes,
  webhooks: webhooksRoutes,
};
