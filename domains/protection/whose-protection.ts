import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { nodesOfStaff, ownAccount } from '#domains/hosting/index.ts';
import type { Node } from '#domains/hosting/index.ts';
import { findSeller, sellersWithin } from '#domains/sellers/index.ts';
import type { Finding } from './finding.ts';
import { selectFinding } from './finding-store.ts';
import type { GuardedAccount } from './guarded-account.ts';
import { selectGuardedAccount } from './guarded-account-store.ts';

const SELLERS_MAX = 10_000;

/** The client's own account; null when its node has not been visited since it was made. */
export async function ownGuarded(ctx: Ctx, accountId: string): Promise<GuardedAccount | null> {
  await ownAccount(ctx, accountId);
  return selectGuardedAccount(ctx, accountId);
}

/** A finding on the client's own sites; anybody else's does not exist for them. */
export async function ownFinding(ctx: Ctx, id: string): Promise<Finding> {
  const { actor } = ctx;
  const finding = actor.kind === 'client' ? await selectFinding(ctx, id) : null;
  if (actor.kind !== 'client' || finding?.clientId !== actor.clientId) {
    refuse('finding-not-found', { field: 'id' });
  }
  return finding;
}

/** The staff's seller and those below it. */
export async function staffSellerIds(ctx: Ctx): Promise<string[]> {
  if (ctx.actor.kind !== 'staff') refuse('not-allowed');
  const sellers = await sellersWithin(ctx, ctx.actor.sellerId, SELLERS_MAX);
  return sellers.map(({ id }) => id);
}

export async function staffFinding(ctx: Ctx, id: string): Promise<Finding> {
  const finding = await selectFinding(ctx, id);
  if (!finding || !(await staffSellerIds(ctx)).includes(finding.sellerId)) {
    refuse('finding-not-found', { field: 'id' });
  }
  return finding;
}

export async function staffAccount(ctx: Ctx, accountId: string): Promise<GuardedAccount> {
  const account = await selectGuardedAccount(ctx, accountId);
  if (!account || !(await staffSellerIds(ctx)).includes(account.sellerId)) {
    refuse('hosting-account-not-found', { field: 'accountId' });
  }
  return account;
}

/** A node of the staff's seller or of one below it. */
export async function staffNode(ctx: Ctx, nodeId: string): Promise<Node> {
  const found = (await nodesOfStaff(ctx)).find(({ node }) => node.id === nodeId);
  return found?.node ?? refuse('node-not-found', { field: 'id' });
}

/** What is the whole installation's is the operator's staff's alone. */
export async function requireOperator(ctx: Ctx): Promise<string> {
  const seller = ctx.actor.kind === 'staff' ? await findSeller(ctx, ctx.actor.sellerId) : null;
  if (seller?.depth !== 0) refuse('not-allowed');
  return seller.id;
}
