import type { Ctx } from '#platform/context.ts';
import { catalogueRevision, staffEdition, staffSeller } from '#domains/catalog/index.ts';
import { sellersWithin } from '#domains/sellers/index.ts';
import { countLive } from '#domains/subscriptions/index.ts';
import { refuse } from '#kit/refusal.ts';
import type { Forecast } from './forecast.ts';
import { replaceForecast, selectForecast } from './forecast-store.ts';
import type { Payers } from './forecast-words.ts';
import { advanceForecasts } from './jobs.ts';

const SELLERS_MAX = 10_000;

type Begin = Pick<Forecast, 'sellerId' | 'kind' | 'subjectId' | 'payers' | 'months'>;

/** Looks ahead at what a draft or a published change does. Refuses `edition-withdrawn`. */
export async function startChangeForecast(
  ctx: Ctx,
  { id, months }: { id: string; months: number },
): Promise<Forecast> {
  const edition = await staffEdition(ctx, id);
  if (edition.state === 'withdrawn') refuse('edition-withdrawn');
  const { sellerId } = edition;
  return begin(ctx, { sellerId, kind: 'change', subjectId: id, payers: 'everyone', months });
}

/** Lets the whole base of the staff's seller run ahead. */
export async function startSimulation(
  ctx: Ctx,
  { payers, months }: { payers: Payers; months: number },
): Promise<Forecast> {
  const { id } = await staffSeller(ctx);
  return begin(ctx, { sellerId: id, kind: 'simulation', subjectId: id, payers, months });
}

async function begin(ctx: Ctx, asked: Begin): Promise<Forecast> {
  const sellers = await sellersWithin(ctx, asked.sellerId, SELLERS_MAX);
  const packages = await countLive(
    ctx,
    sellers.map(({ id }) => id),
  );
  await replaceForecast(ctx, {
    ...asked,
    id: ctx.newId('fct', 0),
    catalogueRevision: await catalogueRevision(ctx),
    packages,
  });
  const begun = await selectForecast(ctx, asked.kind, asked.subjectId);
  if (!begun) throw new Error('a forecast that was begun is gone');
  await ctx.enqueue(advanceForecasts, { forecastId: begun.id });
  return begun;
}
