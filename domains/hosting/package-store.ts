import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { jsonb, tablesOf } from '#platform/database/database.ts';
import { likeText } from '#platform/database/like.ts';
import type { PackageAccount, PackageAddress, PackageState } from './package-account.ts';
import type { PackageLimits, Platform } from './server-module.ts';

type Row = {
  branch_id: number;
  id: string;
  brand_id: string;
  seller_id: string;
  client_id: string;
  subscription_id: string;
  node_id: string;
  username: string;
  domain_name: string;
  platform: Platform;
  stand_in: boolean;
  state: PackageState;
  limits: PackageLimits;
  addresses: readonly PackageAddress[];
  url: string | null;
  created_at: Temporal.Instant;
  ready_at: Temporal.Instant | null;
  terminated_at: Temporal.Instant | null;
};

type Tables = { package_account: Row };

function toPackage(row: Row): PackageAccount {
  return {
    id: row.id,
    branch: row.branch_id,
    brandId: row.brand_id,
    sellerId: row.seller_id,
    clientId: row.client_id,
    subscriptionId: row.subscription_id,
    nodeId: row.node_id,
    username: row.username,
    domainName: row.domain_name,
    platform: row.platform,
    standIn: row.stand_in,
    state: row.state,
    limits: row.limits,
    addresses: row.addresses,
    url: row.url,
    createdAt: row.created_at,
    readyAt: row.ready_at,
    terminatedAt: row.terminated_at,
  };
}

function toRow(account: PackageAccount) {
  return {
    branch_id: account.branch,
    id: account.id,
    brand_id: account.brandId,
    seller_id: account.sellerId,
    client_id: account.clientId,
    subscription_id: account.subscriptionId,
    node_id: account.nodeId,
    username: account.username,
    domain_name: account.domainName,
    platform: account.platform,
    stand_in: account.standIn,
    state: account.state,
    limits: jsonb(account.limits),
    addresses: jsonb(account.addresses),
    url: account.url,
    created_at: account.createdAt,
    ready_at: account.readyAt,
    terminated_at: account.terminatedAt,
  };
}

export async function insertPackage(ctx: Ctx, account: PackageAccount): Promise<void> {
  await tablesOf<Tables>(ctx.tx).insertInto('package_account').values(toRow(account)).execute();
}

export async function updatePackage(ctx: Ctx, account: PackageAccount): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('package_account')
    .set(toRow(account))
    .where('branch_id', '=', account.branch)
    .where('id', '=', account.id)
    .execute();
}

export async function selectPackage(ctx: Ctx, id: string): Promise<PackageAccount | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('package_account')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toPackage(row) : null;
}

export async function packageOfSubscription(
  ctx: Ctx,
  subscriptionId: string,
): Promise<PackageAccount | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('package_account')
    .selectAll()
    .where('branch_id', '=', branchOf(subscriptionId))
    .where('subscription_id', '=', subscriptionId)
    .executeTakeFirst();
  return row ? toPackage(row) : null;
}

/** The same, held until the transaction ends. */
export async function lockPackage(ctx: Ctx, id: string): Promise<PackageAccount | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('package_account')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toPackage(row) : null;
}

export type PackageFilter = {
  brandIds: readonly string[];
  nodeId?: string;
  clientId?: string;
  state?: PackageState;
  /** Part of the domain or of the name on the server. */
  search?: string;
  cursor?: string;
  limit: number;
};

/** Newest first, one row more than `limit`. */
export async function selectPackages(ctx: Ctx, filter: PackageFilter): Promise<PackageAccount[]> {
  let query = tablesOf<Tables>(ctx.tx)
    .selectFrom('package_account')
    .selectAll()
    .where('brand_id', 'in', filter.brandIds.length > 0 ? [...filter.brandIds] : [''])
    .orderBy('id', 'desc')
    .limit(filter.limit + 1);
  if (filter.nodeId) query = query.where('node_id', '=', filter.nodeId);
  if (filter.clientId) query = query.where('client_id', '=', filter.clientId);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.cursor) query = query.where('id', '<', filter.cursor);
  if (filter.search) {
    const part = `%${likeText(filter.search.toLowerCase())}%`;
    query = query.where((eb) =>
      eb.or([eb('domain_name', 'like', part), eb('username', 'like', part)]),
    );
  }
  return (await query.execute()).map(toPackage);
}
