import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { ownSubscription } from '#domains/subscriptions/index.ts';
import { selectAccount } from './account-store.ts';
import { connectNode } from './connect-node.ts';
import type { ConnectedNode } from './connect-node.ts';
import type { HostingAccount } from './hosting-account.ts';
import { isThere } from './package-account.ts';
import type { PackageAccount } from './package-account.ts';
import { packageOfSubscription } from './package-store.ts';

/** The client's own account that is not deleted; anybody else's does not exist for them. */
export async function ownAccount(ctx: Ctx, id: string): Promise<HostingAccount> {
  const { actor } = ctx;
  if (actor.kind !== 'client') refuse('not-allowed');
  const account = await selectAccount(ctx, id);
  if (account?.clientId !== actor.clientId || account.wanted === 'deleted') {
    refuse('hosting-account-not-found', { field: 'id' });
  }
  return account;
}

/** What the client's own subscription has on its server. */
export async function ownPackage(ctx: Ctx, subscriptionId: string): Promise<PackageAccount> {
  await ownSubscription(ctx, subscriptionId);
  return (
    (await packageOfSubscription(ctx, subscriptionId)) ??
    refuse('package-not-found', { field: 'subscriptionId' })
  );
}

/** The same when it is there, with the way to its server. */
export async function ownLivePackage(
  ctx: Ctx,
  subscriptionId: string,
): Promise<{ account: PackageAccount; node: ConnectedNode }> {
  const account = await ownPackage(ctx, subscriptionId);
  if (!isThere(account)) refuse('package-not-ready');
  return { account, node: await nodeOf(ctx, account) };
}

/** The way to a package's server; one that is not set up does not answer either. */
export async function nodeOf(
  ctx: Ctx,
  { nodeId }: Pick<PackageAccount, 'nodeId'>,
): Promise<ConnectedNode> {
  const node = await connectNode(ctx, nodeId);
  if (node.kind === 'connected') return node;
  ctx.log.error({ nodeId, message: node.message }, 'a node is not set up');
  refuse('server-unreachable');
}
