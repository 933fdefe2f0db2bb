export { resumeClockMove } from './move-clock.ts';
export { operationsRoutes } from './routes.ts';
