import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

export type NodeFigures = {
  nodeId: string;
  accounts: number;
  protectedAccounts: number;
  openFindings: number;
  risk: number;
};

/** The accounts of nodes summed up, and what is open in homes that are no account of ours. */
export async function sumNodes(ctx: Ctx, nodeIds: readonly string[]): Promise<NodeFigures[]> {
  const ids = [...nodeIds];
  const { rows } = await sql<NodeFigures>`
    with known as (
      select node_id, count(*)::int as accounts,
        count(*) filter (where applied_mode = 'protect')::int as protected,
        sum(open_findings)::int as open, least(sum(risk), 999999999)::int as risk
      from guarded_account where node_id = any(${ids}) and gone_at is null
      group by node_id
    ), others as (
      select node_id, count(*)::int as open from finding
      where node_id = any(${ids}) and account_id is null and state in ('found', 'needs-decision')
      group by node_id
    )
    select node_id as "nodeId", coalesce(k.accounts, 0) as accounts,
      coalesce(k.protected, 0) as "protectedAccounts",
      coalesce(k.open, 0) + coalesce(o.open, 0) as "openFindings", coalesce(k.risk, 0) as risk
    from known k full join others o using (node_id)`.execute(ctx.tx);
  return rows;
}
