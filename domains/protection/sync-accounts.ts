import type { Ctx } from '#platform/context.ts';
import { findComponent, loadCatalogue } from '#domains/catalog/index.ts';
import type { Catalogue } from '#domains/catalog/index.ts';
import { accountsOnNode } from '#domains/hosting/index.ts';
import type { HostedAccount } from '#domains/hosting/index.ts';
import { entitlementsOfAll, isHeld } from '#domains/subscriptions/index.ts';
import { modeOf, policyOf } from './decide-policy.ts';
import type { EnginePolicy } from './protection-engine.ts';
import type { GuardedNode } from './guarded-node.ts';
import { guardedAccountsOn, keepAccounts } from './guarded-account-store.ts';
import { pathsOnNode, selectDefaultMode } from './policy-store.ts';
import type { Mode } from './protection-words.ts';

export type NodePolicy = {
  policy: EnginePolicy;
  accounts: { branch: number; accountId: string; mode: Mode }[];
};

/** Brings our accounts of a node up to date with what is hosted and held; tells its policy. */
export async function syncAccounts(ctx: Ctx, node: GuardedNode): Promise<NodePolicy> {
  const nodeMode = node.mode ?? (await selectDefaultMode(ctx, node.sellerId));
  const hosted = await accountsOnNode(ctx, node.nodeId);
  const bought = await protectedSubscriptions(ctx, hosted);
  const known = await guardedAccountsOn(ctx, node.nodeId);
  const ownModes = new Map(known.map(({ accountId, ownMode }) => [accountId, ownMode]));
  const wanted = hosted.map((account) => {
    const isBought = bought.has(account.subscriptionId);
    const ownMode = ownModes.get(account.id) ?? null;
    return { ...account, bought: isBought, mode: modeOf({ ownMode, bought: isBought, nodeMode }) };
  });
  await keepAccounts(ctx, node.nodeId, wanted);
  return {
    policy: policyOf(nodeMode, wanted, await pathsOnNode(ctx, node.nodeId), node.outsideActs),
    accounts: wanted.map(({ branch, id, mode }) => ({ branch, accountId: id, mode })),
  };
}

/** Of these accounts' subscriptions, those that hold a component of the kind `protection`. */
async function protectedSubscriptions(
  ctx: Ctx,
  hosted: readonly HostedAccount[],
): Promise<Set<string>> {
  const sellers = new Map(hosted.map((one) => [one.subscriptionId, one]));
  const entitlements = await entitlementsOfAll(
    ctx,
    [...sellers.values()].map(({ branch, subscriptionId }) => ({ branch, id: subscriptionId })),
  );
  const catalogues = new Map<string, Catalogue>();
  const found = new Set<string>();
  for (const entitlement of entitlements) {
    const sellerId = sellers.get(entitlement.subscriptionId)?.sellerId;
    if (!sellerId || !isHeld(entitlement)) continue;
    const catalogue = catalogues.get(sellerId) ?? (await loadCatalogue(ctx, sellerId));
    catalogues.set(sellerId, catalogue);
    const component = findComponent(catalogue, entitlement.componentId);
    if (component?.kind === 'protection') found.add(entitlement.subscriptionId);
  }
  return found;
}
