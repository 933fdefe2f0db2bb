import { catalogRoutes } from '#domains/catalog/index.ts';
import { clientsRoutes } from '#domains/clients/index.ts';
import { identityRoutes } from '#domains/identity/index.ts';
import { messagesRoutes } from '#domains/messages/index.ts';
import { operationsRoutes } from '#domains/operations/index.ts';
import type { apiContract } from './contract.ts';

/** The operations behind the contract; a domain in one and not in the other is a type error. */
export const apiRouter: Record<keyof typeof apiContract, unknown> = {
  catalog: catalogRoutes,
  clients: clientsRoutes,
  identity: identityRoutes,
  messages: messagesRoutes,
  operations: operationsRoutes,
};
