export { reportsRoutes } from './routes.ts';
export { reportsAgenda } from './close-months-due.ts';
export { csvFile } from './csv.ts';
export type { CsvCell } from './csv.ts';
