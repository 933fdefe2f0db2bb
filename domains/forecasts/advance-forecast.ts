import { setImmediate } from 'node:timers/promises';
import type { Ctx } from '#platform/context.ts';
import { findEdition } from '#domains/catalog/index.ts';
import { findSeller, sellersWithin } from '#domains/sellers/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { liveByClient } from '#domains/subscriptions/index.ts';
import { addChange } from './add-change.ts';
import type { Forecast } from './forecast.ts';
import { endOf } from './forecast.ts';
import { advanceForecast, insertMonths, lockForecast } from './forecast-store.ts';
import { foreseeing } from './foresee-change.ts';
import type { Span } from './foresee-change.ts';
import { foreseenPackages } from './foreseen-package.ts';
import type { ForeseenPackage } from './foreseen-package.ts';
import { openFutureSales } from './future-sales.ts';
import { openMonthSums } from './month-sums.ts';
import type { MonthSums } from './month-sums.ts';
import { insertPackages } from './package-store.ts';
import { simulateClient } from './simulate-client.ts';
import { travellersOf } from './traveller.ts';
import type { Traveller } from './traveller.ts';

const CLIENTS_A_SLICE = 200;
const SELLERS_MAX = 10_000;

/**
 * Computes the next slice of a forecast and commits it with its progress, so that a killed worker
 * costs nothing. True while there is more to do.
 */
export async function advanceOnce(
  ctx: Ctx,
  forecastId: string,
  clientsMax = CLIENTS_A_SLICE,
): Promise<boolean> {
  const forecast = await lockForecast(ctx, forecastId);
  if (forecast?.state !== 'running') return false;
  const seller = await findSeller(ctx, forecast.sellerId);
  if (!seller) throw new Error(`seller ${forecast.sellerId} is gone`);
  const then: Ctx = { ...ctx, now: forecast.asOf };
  const sellers = await sellersWithin(ctx, seller.id, SELLERS_MAX);
  const subscriptions = await liveByClient(ctx, {
    sellerIds: sellers.map(({ id }) => id),
    after: { branch: forecast.afterBranch, clientId: forecast.afterClient },
    limit: clientsMax,
  });
  const travellers = await travellersOf(then, subscriptions);
  const sums = openMonthSums();
  const packages = await (forecast.kind === 'change' ? changeSlice : simulationSlice)(
    then,
    { forecast, seller, sums },
    travellers,
  );
  await insertMonths(ctx, forecast, sums.all());
  await insertPackages(ctx, forecast.id, packages);
  const last = subscriptions.at(-1);
  const clients = new Set(subscriptions.map(({ clientId }) => clientId)).size;
  const isLast = clients < clientsMax;
  await advanceForecast(ctx, forecast.id, {
    packages: subscriptions.length,
    afterBranch: last?.branch ?? forecast.afterBranch,
    afterClient: last?.clientId ?? forecast.afterClient,
    isLast,
  });
  return !isLast;
}

type Slice = { forecast: Forecast; seller: Seller; sums: MonthSums };

function spanOf(ctx: Ctx, { forecast, seller }: Slice): Span {
  return {
    now: ctx.now,
    until: endOf(ctx.now, forecast.months, seller.zone),
    sales: openFutureSales(ctx),
  };
}

async function changeSlice(
  ctx: Ctx,
  slice: Slice,
  travellers: readonly Traveller[],
): Promise<ForeseenPackage[]> {
  const edition = await findEdition(ctx, slice.forecast.subjectId);
  // A draft that was thrown away meanwhile changes nothing.
  if (!edition) return [];
  const foresee = foreseeing(edition, spanOf(ctx, slice));
  const packages: ForeseenPackage[] = [];
  for (const traveller of travellers) {
    const change = await foresee(traveller);
    addChange(slice.sums, slice.seller, change);
    packages.push(...foreseenPackages(traveller, change));
    // Requests of this process are answered between two packages.
    await setImmediate();
  }
  return packages;
}

async function simulationSlice(
  ctx: Ctx,
  slice: Slice,
  travellers: readonly Traveller[],
): Promise<ForeseenPackage[]> {
  const span = spanOf(ctx, slice);
  const { sums, seller, forecast } = slice;
  for (const own of Map.groupBy(travellers, ({ client }) => client.id).values()) {
    await simulateClient(ctx, { span, sums, seller, payers: forecast.payers }, own);
    await setImmediate();
  }
  return [];
}
