import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

/** A hosting account that is there, with the package and the node it is on. */
export type HostedAccount = {
  readonly id: string;
  readonly branch: number;
  readonly packageId: string;
  readonly subscriptionId: string;
  readonly clientId: string;
  readonly brandId: string;
  readonly sellerId: string;
  readonly nodeId: string;
  /** The server's name for it. */
  readonly accountRef: string;
  readonly domainName: string;
};

/** Every account that a node is known to have, of packages that are not gone. */
export async function accountsOnNode(ctx: Ctx, nodeId: string): Promise<HostedAccount[]> {
  const { rows } = await sql<HostedAccount>`
    select a.id, a.branch_id as branch, a.package_id as "packageId",
      p.subscription_id as "subscriptionId", a.client_id as "clientId", p.brand_id as "brandId",
      p.seller_id as "sellerId", p.node_id as "nodeId", a.account_ref as "accountRef",
      a.domain_name as "domainName"
    from package_account p
    join hosting_account a on a.branch_id = p.branch_id and a.package_id = p.id
    where p.node_id = ${nodeId} and p.state in ('active', 'suspended')
      and a.applied in ('active', 'suspended') and a.wanted <> 'deleted'
    order by a.id`.execute(ctx.tx);
  return rows;
}

type PackageAddressOnNode = {
  packageId: string;
  nodeId: string;
  address: string;
  domainName: string;
};

/** Addresses that packages have of their own, each with the node that answers on it. */
export async function addressesOfPackages(ctx: Ctx): Promise<PackageAddressOnNode[]> {
  const { rows } = await sql<PackageAddressOnNode>`
    select p.id as "packageId", p.node_id as "nodeId", one->>'address' as address, p.domain_name as "domainName"
    from package_account p cross join lateral jsonb_array_elements(p.addresses) as one
    where p.state in ('active', 'suspended')
    order by p.node_id, address`.execute(ctx.tx);
  return rows;
}

/** Ids of all nodes of all sellers, with who has them. */
export async function allNodes(ctx: Ctx): Promise<{ id: string; sellerId: string }[]> {
  const { rows } = await sql<{ id: string; sellerId: string }>`
    select id, seller_id as "sellerId" from node order by id`.execute(ctx.tx);
  return rows;
}
