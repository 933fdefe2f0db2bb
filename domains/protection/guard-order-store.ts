import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { jsonb } from '#platform/database/database.ts';
import type { OrderInput } from './protection-engine.ts';

/** What a server is to do and fetches when it calls next. */
export type GuardOrder = {
  readonly id: string;
  readonly nodeId: string;
  readonly wish: string;
  readonly input: OrderInput;
  readonly state: 'waiting' | 'done' | 'refused' | 'expired';
  /** As the server told it. */
  readonly result: unknown;
  readonly refusal: { code: string; message: string } | null;
};

const COLUMNS = sql`id, node_id as "nodeId", wish, input, state, sealed, refusal`;
const PURPOSE = 'guard-order';

type Row = Omit<GuardOrder, 'result'> & { sealed: string | null };

function toOrder(ctx: Ctx, { sealed, ...row }: Row): GuardOrder {
  const result: unknown = sealed === null ? null : JSON.parse(ctx.unseal(PURPOSE, sealed));
  return { ...row, result };
}

const EXPIRES_AFTER_MS = 7 * 86_400_000;
/** Bytes of files are passed on, not kept. */
const BYTES_KEPT_MS = 10 * 60_000;
const KEPT_MS = 86_400_000;

/** Leaves an order, unless the same wish waits already. */
export async function insertOrderOnce(
  ctx: Ctx,
  order: Pick<GuardOrder, 'id' | 'nodeId' | 'wish' | 'input'>,
  nowMs: number,
): Promise<void> {
  const { id, nodeId, wish, input } = order;
  const findingRef = 'findingRef' in input ? input.findingRef : null;
  await sql`
    insert into guard_order (id, node_id, kind, wish, finding_ref, input, state, asked_at_ms)
    values (${id}, ${nodeId}, ${input.kind}, ${wish}, ${findingRef}, ${jsonb(input)}, 'waiting',
      ${BigInt(nowMs)})
    on conflict (node_id, wish) where state = 'waiting' do nothing`.execute(ctx.tx);
}

/** The newest of that wish. */
export async function newestOrder(
  ctx: Ctx,
  nodeId: string,
  wish: string,
): Promise<GuardOrder | null> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from guard_order where node_id = ${nodeId} and wish = ${wish}
    order by id desc limit 1`.execute(ctx.tx);
  return rows[0] ? toOrder(ctx, rows[0]) : null;
}

/** What the server is to be told now, the oldest first. */
export async function openOrders(
  ctx: Ctx,
  nodeId: string,
  limit: number,
  nowMs: number,
): Promise<GuardOrder[]> {
  const { rows } = await sql<Row>`
    update guard_order set sent_at_ms = coalesce(sent_at_ms, ${BigInt(nowMs)})
    where id in (
      select id from guard_order where node_id = ${nodeId} and state = 'waiting'
      order by id limit ${limit})
    returning ${COLUMNS}`.execute(ctx.tx);
  return rows.map((row) => toOrder(ctx, row)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** How many wait, by node. */
export async function countOpenOrders(
  ctx: Ctx,
  nodeIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ nodeId: string; orders: number }>`
    select node_id as "nodeId", count(*)::int as orders from guard_order
    where node_id = any(${[...nodeIds]}) and state = 'waiting' group by node_id`.execute(ctx.tx);
  return new Map(rows.map(({ nodeId, orders }) => [nodeId, orders]));
}

/** What a finding's server has been asked and has not answered yet. */
export async function openVerbOf(
  ctx: Ctx,
  nodeId: string,
  findingRef: string,
): Promise<'restore' | 'ignore' | null> {
  const { rows } = await sql<{ kind: 'restore' | 'ignore' }>`
    select kind from guard_order
    where node_id = ${nodeId} and finding_ref = ${findingRef} and state = 'waiting'
      and kind in ('restore', 'ignore') limit 1`.execute(ctx.tx);
  return rows[0]?.kind ?? null;
}

/** Takes in how an order of that server ended; anybody else's, or one that ended, stays as it is. */
export async function endOrder(
  ctx: Ctx,
  { nodeId, id, result, refusal }: Pick<GuardOrder, 'nodeId' | 'id' | 'result' | 'refusal'>,
  nowMs: number,
): Promise<void> {
  await sql`
    update guard_order set state = ${refusal ? 'refused' : 'done'},
      sealed = ${refusal ? null : ctx.seal(PURPOSE, JSON.stringify(result))}, refusal = ${refusal && jsonb(refusal)},
      ended_at_ms = ${BigInt(nowMs)}
    where id = ${id} and node_id = ${nodeId} and state = 'waiting'`.execute(ctx.tx);
}

/** Orders that waited too long are given up; what ended is forgotten after a while. */
export async function tidyOrders(ctx: Ctx, nodeId: string, nowMs: number): Promise<void> {
  await sql`
    update guard_order set state = 'expired', ended_at_ms = ${BigInt(nowMs)}
    where node_id = ${nodeId} and state = 'waiting'
      and asked_at_ms < ${BigInt(nowMs - EXPIRES_AFTER_MS)}`.execute(ctx.tx);
  await sql`
    delete from guard_order where node_id = ${nodeId} and state <> 'waiting'
      and ended_at_ms < case kind when 'bytes' then ${BigInt(nowMs - BYTES_KEPT_MS)}::bigint
        else ${BigInt(nowMs - KEPT_MS)}::bigint end`.execute(ctx.tx);
}
