import { billingContract } from '#domains/billing/contract.ts';
import { catalogContract } from '#domains/catalog/contract.ts';
import { clientsContract } from '#domains/clients/contract.ts';
import { forecastsContract } from '#domains/forecasts/contract.ts';
import { hostingContract } from '#domains/hosting/contract.ts';
import { identityContract } from '#domains/identity/contract.ts';
import { licencesContract } from '#domains/licences/contract.ts';
import { messagesContract } from '#domains/messages/contract.ts';
import { operationsContract } from '#domains/operations/contract.ts';
import { ordersContract } from '#domains/orders/contract.ts';
import { paymentsContract } from '#domains/payments/contract.ts';
import { protectionContract } from '#domains/protection/contract.ts';
import { reportsContract } from '#domains/reports/contract.ts';
import { subscriptionsContract } from '#domains/subscriptions/contract.ts';
import { supportContract } from '#domains/support/contract.ts';
import { taxContract } from '#domains/tax/contract.ts';
import { webhooksContract } from '#domains/webhooks/contract.ts';

/**
 * The whole HTTP API as data: the server implements it, our screens and any API key call it, and
 * `docs/openapi.json` is generated from it. Contracts are imported from their own files, so that
 * the browser's build never meets a store.
 */
export const apiContract = {
  billing: billingContract,
  catalog: catalogContract,
  clients: clientsContract,
  forecasts: forecastsContract,
  hosting: hostingContract,
  identity: identityContract,
  licences: licencesContract,
  messages: messagesContract,
  operations: operationsContract,
  orders: ordersContract,
  payments: paymentsContract,
  protection: protectionContract,
  reports: reportsContract,
  subscriptions: subscriptionsContract,
  support: supportContract,
  tax: taxContract,
  webhooks: webhooksContract,
};
