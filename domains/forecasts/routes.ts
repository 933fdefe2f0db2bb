import { serve } from '#platform/http/serve.ts';
import { forecastsContract } from './contract.ts';
import { packagesCsv } from './export-packages.ts';
import { foreseeRenewals } from './foresee-renewals.ts';
import { listPackages, progressOf, readChangeForecast, readSimulation } from './read-forecast.ts';
import { startChangeForecast, startSimulation } from './start-forecast.ts';

export const forecastsRoutes = serve(forecastsContract, {
  start: async (ctx, input) => progressOf(ctx, await startChangeForecast(ctx, input)),
  read: readChangeForecast,
  packages: listPackages,
  packagesCsv,
  renewals: foreseeRenewals,
  simulate: async (ctx, input) => progressOf(ctx, await startSimulation(ctx, input)),
  simulation: (ctx) => readSimulation(ctx),
});
