import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { toOrder } from './store.ts';
import type { Order } from './order.ts';
import type { Row } from './store.ts';

/** The orders that were ever put on a merged invoice, by id; `lock`: held from then on. */
export async function selectMerged(
  ctx: Ctx,
  mergedId: string,
  how: 'read' | 'lock' = 'read',
): Promise<Order[]> {
  const { rows } = await sql<Row>`
    select * from order_request
    where branch_id = ${branchOf(mergedId)} and merged_id = ${mergedId}
    order by id ${how === 'lock' ? sql`for update` : sql``}`.execute(ctx.tx);
  return rows.map(toOrder);
}
