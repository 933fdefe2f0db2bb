export { clientsAgenda } from './check-tax-id.ts';
export { taxIdValidatorKind } from './tax-id-validator.ts';
export { clientsRoutes } from './routes.ts';
export { clientAddress, clientTitle, taxStandingOf } from './client.ts';
export type { Client } from './client.ts';
export { clientOf } from './client-of.ts';
export {
  selectClient as findClient,
  selectClientsById as findClients,
  selectTitles as titlesOf,
} from './store.ts';
export { seedDemoClients } from './demo.ts';
