import { z } from 'zod';
import { money } from '#kit/money.ts';
import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { moneyWire } from '#platform/http/wire.ts';
import { catalogueRevision, staffEdition, staffSeller } from '#domains/catalog/index.ts';
import type { Forecast, MonthSum, Series } from './forecast.ts';
import { selectForecast, selectMonths } from './forecast-store.ts';
import type { ForeseenPackage } from './foreseen-package.ts';
import { countPackages, selectPackages, selectTellingDays } from './package-store.ts';
import type { PackageFilter } from './package-store.ts';

/** The forecast of a change that staff may see; others do not exist for them. */
export async function changeForecast(ctx: Ctx, editionId: string): Promise<Forecast> {
  return (await forecastOf(ctx, editionId)) ?? refuse('forecast-not-found');
}

async function forecastOf(ctx: Ctx, editionId: string): Promise<Forecast | null> {
  const edition = await staffEdition(ctx, editionId);
  return selectForecast(ctx, 'change', edition.id);
}

export async function progressOf(ctx: Ctx, forecast: Forecast) {
  const { id, state, months, asOf, packages, packagesDone, startedAt, finishedAt } = forecast;
  const spentMs = (finishedAt ?? startedAt).since(startedAt).total('milliseconds');
  return {
    ...{ id, state, months, packages, packagesDone },
    asOf: asOf.toString(),
    isStale: forecast.catalogueRevision !== (await catalogueRevision(ctx)),
    seconds: Math.round(spentMs / 100) / 10,
  };
}

/** What is invoiced by month with the change and without it. */
export async function readChangeForecast(ctx: Ctx, { id }: { id: string }) {
  const forecast = await forecastOf(ctx, id);
  if (!forecast) return { forecast };
  const sums = await selectMonths(ctx, forecast.id);
  const { first, last } = await selectTellingDays(ctx, forecast.id);
  const read = {
    ...(await progressOf(ctx, forecast)),
    currencies: byCurrency(sums).map(({ currency, months }) => ({
      currency,
      months: months.map(({ month, of }) => ({
        month,
        before: sumWire(of('before'), currency),
        after: sumWire(of('after'), currency),
      })),
      before: sumWire(totalOf(sums, currency, 'before'), currency),
      after: sumWire(totalOf(sums, currency, 'after'), currency),
    })),
    counts: await countPackages(ctx, forecast.id),
    tellFirstBy: first?.toString() ?? null,
    tellLastBy: last?.toString() ?? null,
  };
  return { forecast: read };
}

/** Invoices, cash and what ends, by month. */
export async function readSimulation(ctx: Ctx) {
  const seller = await staffSeller(ctx);
  const forecast = await selectForecast(ctx, 'simulation', seller.id);
  if (!forecast) return { simulation: null };
  const sums = await selectMonths(ctx, forecast.id);
  const simulation = {
    ...(await progressOf(ctx, forecast)),
    payers: forecast.payers,
    currencies: byCurrency(sums).map(({ currency, months }) => ({
      currency,
      months: months.map(({ month, of }) => ({
        month,
        invoiced: sumWire(of('invoiced'), currency),
        paid: sumWire(of('paid'), currency),
        refused: of('refused').count,
        suspended: of('suspended').count,
        deleted: of('deleted').count,
      })),
    })),
  };
  return { simulation };
}

export async function listPackages(
  ctx: Ctx,
  { id, cursor, ...filter }: { id: string; cursor?: string | undefined } & PackageFilter,
) {
  const forecast = await changeForecast(ctx, id);
  const found = await selectPackages(ctx, forecast.id, { ...filter, after: placeOf(cursor) });
  const page = pageOf(found, filter.limit, (one) =>
    [one.boundaryOn, one.subscriptionId, one.payerKind].join(' '),
  );
  return { ...page, items: page.items.map(packageWire) };
}

/** A cursor that is none begins at the beginning. */
function placeOf(cursor: string | undefined) {
  const parts = /^(\d{4}-\d\d-\d\d) (sub_\w{20}) (client|seller)$/.exec(cursor ?? '');
  const boundaryOn = z.iso.date().safeParse(parts?.[1]).data;
  if (!boundaryOn) return null;
  return {
    boundaryOn: Temporal.PlainDate.from(boundaryOn),
    subscriptionId: parts?.[2] ?? '',
    payerKind: parts?.[3] === 'seller' ? ('seller' as const) : ('client' as const),
  };
}

function packageWire({ branch: _, currency, ...one }: ForeseenPackage) {
  const amount = (minor: bigint) => moneyWire(money(minor, currency));
  const { beforeMinor, afterMinor, sumBeforeMinor, sumAfterMinor, ...rest } = one;
  return {
    ...rest,
    boundaryOn: one.boundaryOn.toString(),
    chargedOn: one.chargedOn.toString(),
    before: beforeMinor === null ? null : amount(beforeMinor),
    after: afterMinor === null ? null : amount(afterMinor),
    sumBefore: amount(sumBeforeMinor),
    sumAfter: amount(sumAfterMinor),
    tellBy: one.tellBy?.toString() ?? null,
    toldOn: one.toldOn?.toString() ?? null,
    missedOn: one.missedOn?.toString() ?? null,
  };
}

type Amounts = Pick<MonthSum, 'count' | 'netMinor' | 'totalMinor'>;
const NOTHING: Amounts = { count: 0, netMinor: 0n, totalMinor: 0n };

/** The months of each currency from the first to the last, those without anything too. */
function byCurrency(sums: readonly MonthSum[]) {
  return [...Map.groupBy(sums, ({ currency }) => currency)].map(([currency, own]) => ({
    currency,
    months: monthsBetween(own.map(({ month }) => month)).map((month) => ({
      month,
      of: (series: Series): Amounts =>
        own.find((one) => one.month === month && one.series === series) ?? NOTHING,
    })),
  }));
}

function monthsBetween(known: readonly string[]): string[] {
  const sorted = known.toSorted();
  const months: string[] = [];
  const last = sorted.at(-1) ?? '';
  for (let month = sorted[0] ?? ''; month !== '' && month <= last;) {
    months.push(month);
    month = Temporal.PlainYearMonth.from(month).add({ months: 1 }).toString();
  }
  return months;
}

function totalOf(sums: readonly MonthSum[], currency: string, series: Series): Amounts {
  const own = sums.filter((one) => one.currency === currency && one.series === series);
  return own.reduce<Amounts>(
    (total, one) => ({
      count: total.count + one.count,
      netMinor: total.netMinor + one.netMinor,
      totalMinor: total.totalMinor + one.totalMinor,
    }),
    NOTHING,
  );
}

function sumWire({ count, netMinor, totalMinor }: Amounts, currency: string) {
  return {
    count,
    net: moneyWire(money(netMinor, currency)),
    total: moneyWire(money(totalMinor, currency)),
  };
}
