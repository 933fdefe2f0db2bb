export { reportsRoutes } from './routes.ts';
export { csvFile } from './csv.ts';
export type { CsvCell } from './csv.ts';
