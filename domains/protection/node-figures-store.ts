import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

export type NodeFigures = {
  nodeId: string;
  accounts: number;
  protectedAccounts: number;
  openFindings: number;
  risk: number;
};

/** The accounts of nodes summed up. */
export async function sumNodes(ctx: Ctx, nodeIds: readonly string[]): Promise<NodeFigures[]> {
  const { rows } = await sql<NodeFigures>`
    select node_id as "nodeId", count(*)::int as accounts,
      count(*) filter (where applied_mode = 'protect')::int as "protectedAccounts",
      sum(open_findings)::int as "openFindings", least(sum(risk), 999999999)::int as risk
    from guarded_account
    where node_id = any(${[...nodeIds]}) and gone_at is null
    group by node_id`.execute(ctx.tx);
  return rows;
}
