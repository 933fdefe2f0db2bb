import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import type { AlarmKind } from './protection-words.ts';

/** An engine doubts itself; people look. */
export type Alarm = {
  readonly branch: number;
  readonly nodeId: string;
  readonly seq: number;
  readonly kind: AlarmKind;
  readonly rule: string | null;
  readonly sellerId: string;
  readonly brandId: string | null;
  readonly accountId: string | null;
  readonly findingId: string | null;
  readonly words: string;
  readonly at: Temporal.Instant;
  readonly settledAt: Temporal.Instant | null;
};

type Row = {
  branch_id: number;
  node_id: string;
  seq: bigint;
  kind: AlarmKind;
  rule: string | null;
  seller_id: string;
  brand_id: string | null;
  account_id: string | null;
  finding_id: string | null;
  words: string;
  at: Temporal.Instant;
  settled_at: Temporal.Instant | null;
};

type Tables = { guard_alarm: Row };

export async function insertAlarmOnce(ctx: Ctx, alarm: Alarm): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .insertInto('guard_alarm')
    .values({
      branch_id: alarm.branch,
      node_id: alarm.nodeId,
      seq: BigInt(alarm.seq),
      kind: alarm.kind,
      rule: alarm.rule,
      seller_id: alarm.sellerId,
      brand_id: alarm.brandId,
      account_id: alarm.accountId,
      finding_id: alarm.findingId,
      words: alarm.words,
      at: alarm.at,
      settled_at: alarm.settledAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Alarms that nobody has settled, newest first. */
export async function openAlarms(
  ctx: Ctx,
  sellerIds: readonly string[],
  limit: number,
): Promise<Alarm[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guard_alarm')
    .selectAll()
    .where('settled_at', 'is', null)
    .where(sql<boolean>`seller_id = any(${[...sellerIds]})`)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    branch: row.branch_id,
    nodeId: row.node_id,
    seq: Number(row.seq),
    kind: row.kind,
    rule: row.rule,
    sellerId: row.seller_id,
    brandId: row.brand_id,
    accountId: row.account_id,
    findingId: row.finding_id,
    words: row.words,
    at: row.at,
    settledAt: row.settled_at,
  }));
}

/** True when there was such an alarm, settled by now. */
export async function settleAlarm(
  ctx: Ctx,
  sellerIds: readonly string[],
  { nodeId, seq }: { nodeId: string; seq: number },
): Promise<boolean> {
  const { rows } = await sql`
    update guard_alarm set settled_at = coalesce(settled_at, ${ctx.now})
    where node_id = ${nodeId} and seq = ${seq} and seller_id = any(${[...sellerIds]})
    returning 1`.execute(ctx.tx);
  return rows.length > 0;
}

export type RuleCount = {
  rule: string;
  hits: number;
  /** How often people said that it was wrong: restored what was mended, or ignored. */
  undone: number;
  toDecide: number;
  accounts: number;
  /** Of these alarms, those not settled. */
  knownGoodHits: number;
  circuitsOpen: number;
  lastAt: Temporal.Instant;
};

const RULES_MAX = 500;

/** What each rule did since then, the one that people undid most first. */
export async function countRules(
  ctx: Ctx,
  sellerIds: readonly string[],
  since: Temporal.Instant,
): Promise<RuleCount[]> {
  const { rows } = await sql<RuleCount>`
    select rule, count(*)::int as hits,
      count(*) filter (where state in ('restored', 'ignored'))::int as undone,
      count(*) filter (where state in ('found', 'needs-decision'))::int as "toDecide",
      count(distinct coalesce(account_id, account_ref))::int as accounts,
      (select count(*)::int from guard_alarm g where g.rule = r.rule and g.settled_at is null
        and g.kind = 'known-good-hit' and g.seller_id = any(${[...sellerIds]})) as "knownGoodHits",
      (select count(*)::int from guard_alarm g where g.rule = r.rule and g.settled_at is null
        and g.kind = 'circuit-open' and g.seller_id = any(${[...sellerIds]})) as "circuitsOpen",
      max(found_at) as "lastAt"
    from finding f cross join lateral jsonb_array_elements_text(f.rules) as r (rule)
    where f.found_at >= ${since} and f.seller_id = any(${[...sellerIds]})
    group by rule
    order by undone desc, hits desc, rule
    limit ${RULES_MAX}`.execute(ctx.tx);
  return rows;
}
