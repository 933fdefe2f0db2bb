export { forecastsJobs } from './jobs.ts';
export { forecastsRoutes } from './routes.ts';
