import { z } from 'zod';
import { jobType, worker } from '#platform/jobs.ts';
import { advanceOnce } from './advance-forecast.ts';

/** Computes a forecast, a slice at a time. */
export const advanceForecasts = jobType(
  'forecasts.advance',
  'work',
  z.object({ forecastId: z.string() }),
);

const advanceWorker = worker(advanceForecasts, async (ctx, { forecastId }) => {
  if (await advanceOnce(ctx, forecastId)) await ctx.enqueue(advanceForecasts, { forecastId });
});

export const forecastsJobs = [advanceWorker];
