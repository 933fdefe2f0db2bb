import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { insertRows } from '#platform/database/rows.ts';
import type { Forecast, MonthSum } from './forecast.ts';
import type { ForecastKind } from './forecast-words.ts';

const FORECAST = sql`
  select id, seller_id as "sellerId", kind, subject_id as "subjectId", payers, months, state,
    as_of as "asOf", catalogue_revision as "catalogueRevision", packages,
    packages_done as "packagesDone", slices, after_branch as "afterBranch",
    after_client as "afterClient", started_at as "startedAt", finished_at as "finishedAt"
  from forecast`;

export async function selectForecast(
  ctx: Ctx,
  kind: ForecastKind,
  subjectId: string,
): Promise<Forecast | null> {
  const { rows } = await sql<Forecast>`
    ${FORECAST} where kind = ${kind} and subject_id = ${subjectId}`.execute(ctx.tx);
  return rows[0] ?? null;
}

/** Held until the transaction ends, so that a slice is computed once. */
export async function lockForecast(ctx: Ctx, id: string): Promise<Forecast | null> {
  const { rows } = await sql<Forecast>`${FORECAST} where id = ${id} for update`.execute(ctx.tx);
  return rows[0] ?? null;
}

type Begun = Pick<
  Forecast,
  'id' | 'sellerId' | 'kind' | 'subjectId' | 'payers' | 'months' | 'catalogueRevision' | 'packages'
>;

/** Begins a forecast in the place of the subject's old one. */
export async function replaceForecast(ctx: Ctx, begun: Begun): Promise<void> {
  await sql`delete from forecast where kind = ${begun.kind} and subject_id = ${begun.subjectId}
    `.execute(ctx.tx);
  await sql`
    insert into forecast (id, seller_id, kind, subject_id, payers, months, state, as_of,
      catalogue_revision, packages)
    values (${begun.id}, ${begun.sellerId}, ${begun.kind}, ${begun.subjectId}, ${begun.payers},
      ${begun.months}, 'running', ${ctx.now}, ${begun.catalogueRevision}, ${begun.packages})
    on conflict (kind, subject_id) do nothing`.execute(ctx.tx);
}

/** Moves on by a slice; `isLast` ends it. */
export async function advanceForecast(
  ctx: Ctx,
  id: string,
  slice: { packages: number; afterBranch: number; afterClient: string; isLast: boolean },
): Promise<void> {
  await sql`
    update forecast set packages_done = packages_done + ${slice.packages}, slices = slices + 1,
      after_branch = ${slice.afterBranch}, after_client = ${slice.afterClient},
      state = ${slice.isLast ? 'done' : 'running'},
      finished_at = case when ${slice.isLast} then clock_timestamp() end
    where id = ${id}`.execute(ctx.tx);
}

const MONTH_COLUMNS = {
  forecast_id: 'text',
  slice: 'int4',
  month: 'text',
  currency: 'text',
  series: 'text',
  count: 'int4',
  net_minor: 'int8',
  total_minor: 'int8',
};

export async function insertMonths(
  ctx: Ctx,
  { id, slices }: Pick<Forecast, 'id' | 'slices'>,
  sums: readonly MonthSum[],
): Promise<void> {
  const rows = sums.map(({ month, currency, series, count, netMinor, totalMinor }) => ({
    ...{ forecast_id: id, slice: slices, month, currency, series, count },
    ...{ net_minor: netMinor, total_minor: totalMinor },
  }));
  await insertRows(ctx.tx, 'forecast_month', MONTH_COLUMNS, rows);
}

/** The months of a forecast over all its slices, in order. */
export async function selectMonths(ctx: Ctx, id: string): Promise<MonthSum[]> {
  const { rows } = await sql<MonthSum>`
    select month, currency, series, sum(count)::int as count,
      sum(net_minor)::int8 as "netMinor", sum(total_minor)::int8 as "totalMinor"
    from forecast_month where forecast_id = ${id}
    group by month, currency, series order by currency, month, series`.execute(ctx.tx);
  return rows;
}
