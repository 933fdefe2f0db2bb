import { sql } from 'kysely';
import { likeText } from '#platform/database/like.ts';
import type { Ctx } from '#platform/context.ts';
import { insertRows } from '#platform/database/rows.ts';
import type { Effect, Telling } from './forecast-words.ts';
import type { ForeseenPackage } from './foreseen-package.ts';

const COLUMNS = {
  branch_id: 'int4',
  forecast_id: 'text',
  subscription_id: 'text',
  payer_kind: 'text',
  payer_id: 'text',
  payer_name: 'text',
  domain_name: 'text',
  plan_id: 'text',
  term_months: 'int4',
  currency: 'text',
  effect: 'text',
  boundary_on: 'date',
  charged_on: 'date',
  before_minor: 'int8',
  after_minor: 'int8',
  sum_before_minor: 'int8',
  sum_after_minor: 'int8',
  telling: 'text',
  tell_by: 'date',
  told_on: 'date',
  missed_on: 'date',
};

export async function insertPackages(
  ctx: Ctx,
  forecastId: string,
  packages: readonly ForeseenPackage[],
): Promise<void> {
  const rows = packages.map((one) => ({
    branch_id: one.branch,
    forecast_id: forecastId,
    subscription_id: one.subscriptionId,
    payer_kind: one.payerKind,
    payer_id: one.payerId,
    payer_name: one.payerName,
    domain_name: one.domainName,
    plan_id: one.planId,
    term_months: one.termMonths,
    currency: one.currency,
    effect: one.effect,
    boundary_on: one.boundaryOn,
    charged_on: one.chargedOn,
    before_minor: one.beforeMinor,
    after_minor: one.afterMinor,
    sum_before_minor: one.sumBeforeMinor,
    sum_after_minor: one.sumAfterMinor,
    telling: one.telling,
    tell_by: one.tellBy,
    told_on: one.toldOn,
    missed_on: one.missedOn,
  }));
  await insertRows(ctx.tx, 'forecast_package', COLUMNS, rows);
}

export type PackageFilter = {
  /** Part of the domain's or the payer's name, or the whole id of a package. */
  search?: string | undefined;
  effect?: Effect | undefined;
  telling?: Telling | undefined;
  /** The last one seen. */
  after?: Pick<ForeseenPackage, 'boundaryOn' | 'subscriptionId' | 'payerKind'> | null;
  limit: number;
};

/** By the first boundary that changes; one more than `limit` when there are more. */
export async function selectPackages(
  ctx: Ctx,
  forecastId: string,
  filter: PackageFilter,
): Promise<ForeseenPackage[]> {
  const { after } = filter;
  const like = filter.search ? `%${likeText(filter.search.toLowerCase())}%` : null;
  const { rows } = await sql<ForeseenPackage>`
    select branch_id as branch, subscription_id as "subscriptionId", payer_kind as "payerKind",
      payer_id as "payerId", payer_name as "payerName", domain_name as "domainName",
      plan_id as "planId", term_months as "termMonths", currency, effect,
      boundary_on as "boundaryOn", charged_on as "chargedOn", before_minor as "beforeMinor",
      after_minor as "afterMinor", sum_before_minor as "sumBeforeMinor",
      sum_after_minor as "sumAfterMinor", telling, tell_by as "tellBy", told_on as "toldOn",
      missed_on as "missedOn"
    from forecast_package
    where forecast_id = ${forecastId}
      and (${filter.effect ?? null}::text is null or effect = ${filter.effect ?? null})
      and (${filter.telling ?? null}::text is null or telling = ${filter.telling ?? null})
      and (${like}::text is null or domain_name like ${like} or lower(payer_name) like ${like}
        or subscription_id = ${filter.search ?? ''})
      and (${!after} or (boundary_on, subscription_id, payer_kind) > (
        ${after?.boundaryOn ?? null}::date, ${after?.subscriptionId ?? null}::text,
        ${after?.payerKind ?? null}::text))
    order by boundary_on, subscription_id, payer_kind limit ${filter.limit + 1}`.execute(ctx.tx);
  return rows;
}

export type PackageCount = { effect: Effect; telling: Telling; count: number };

/** How many lines there are of each kind. */
export async function countPackages(ctx: Ctx, forecastId: string): Promise<PackageCount[]> {
  const { rows } = await sql<PackageCount>`
    select effect, telling, count(*)::int as count from forecast_package
    where forecast_id = ${forecastId} group by effect, telling order by effect, telling
    `.execute(ctx.tx);
  return rows;
}

/** The first and the last day by which somebody must be told. */
export async function selectTellingDays(
  ctx: Ctx,
  forecastId: string,
): Promise<{ first: Temporal.PlainDate | null; last: Temporal.PlainDate | null }> {
  const { rows } = await sql<{
    first: Temporal.PlainDate | null;
    last: Temporal.PlainDate | null;
  }>`
    select min(tell_by) as first, max(tell_by) as last from forecast_package
    where forecast_id = ${forecastId} and telling in ('to-tell', 'late')`.execute(ctx.tx);
  return rows[0] ?? { first: null, last: null };
}
