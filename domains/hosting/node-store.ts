import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import type { Node, NodeLoad, NodeState } from './node.ts';

type NodeRow = {
  id: string;
  seller_id: string;
  name: string;
  module_id: string;
  sealed: string;
  state: NodeState;
  capacity: number;
  created_at: Temporal.Instant;
};

type Tables = { node: NodeRow };

const PURPOSE = 'hosting-node';

function toNode(ctx: Ctx, row: NodeRow): Node {
  return {
    id: row.id,
    sellerId: row.seller_id,
    name: row.name,
    moduleId: row.module_id,
    settings: JSON.parse(ctx.unseal(PURPOSE, row.sealed)) as unknown,
    state: row.state,
    capacity: row.capacity,
    createdAt: row.created_at,
  };
}

export async function upsertNode(ctx: Ctx, node: Node): Promise<void> {
  const row: NodeRow = {
    id: node.id,
    seller_id: node.sellerId,
    name: node.name,
    module_id: node.moduleId,
    sealed: ctx.seal(PURPOSE, JSON.stringify(node.settings)),
    state: node.state,
    capacity: node.capacity,
    created_at: node.createdAt,
  };
  const { id, created_at, ...changed } = row;
  await tablesOf<Tables>(ctx.tx)
    .insertInto('node')
    .values({ id, created_at, ...changed })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changed))
    .execute();
}

export async function selectNode(ctx: Ctx, id: string): Promise<Node | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('node')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toNode(ctx, row) : null;
}

export async function selectNodeByName(
  ctx: Ctx,
  sellerId: string,
  name: string,
): Promise<Node | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('node')
    .selectAll()
    .where('seller_id', '=', sellerId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row ? toNode(ctx, row) : null;
}

/** Every node of the sellers with the packages it holds, by name. */
export async function selectNodeLoads(ctx: Ctx, sellerIds: readonly string[]): Promise<NodeLoad[]> {
  const { rows } = await sql<NodeRow & { packages: number }>`
    select node.*, (
      select count(*)::int from package_account
      where node_id = node.id and state <> 'terminated'
    ) as packages
    from node where seller_id = any(${[...sellerIds]})
    order by name, id`.execute(ctx.tx);
  return rows.map((row) => ({ node: toNode(ctx, row), packages: row.packages }));
}

/**
 * The nodes that could take a package now, held until the transaction ends: two packages that
 * come at once must not both take the last place.
 */
export async function lockNodeLoads(
  ctx: Ctx,
  { sellerId, moduleId }: { sellerId: string; moduleId: string },
): Promise<NodeLoad[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('node')
    .selectAll()
    .where('seller_id', '=', sellerId)
    .where('module_id', '=', moduleId)
    .where('state', '=', 'open')
    .orderBy('id')
    .forUpdate()
    .execute();
  const { rows: counts } = await sql<{ node_id: string; packages: number }>`
    select node_id, count(*)::int as packages from package_account
    where node_id = any(${rows.map(({ id }) => id)}) and state <> 'terminated'
    group by node_id`.execute(ctx.tx);
  const packagesOn = new Map(counts.map((row) => [row.node_id, row.packages]));
  return rows.map((row) => ({ node: toNode(ctx, row), packages: packagesOn.get(row.id) ?? 0 }));
}
