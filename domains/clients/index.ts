export { clientsContract } from './contract.ts';
export { clientsRoutes } from './routes.ts';
export { clientAddress, clientTitle } from './client.ts';
export type { Client, ClientProfile, ClientState } from './client.ts';
export { clientChanged, clientClosed, clientRegistered, clientReopened } from './events.ts';
export { clientOf, clientOfStaff, isOfStaff } from './client-of.ts';
export { registerClient } from './register-client.ts';
export { selectClient as findClient, selectTitles as titlesOf } from './store.ts';
