import type { NodeContext } from '../node-context.ts';
import { accept, type Answer } from '../refusal.ts';
import { findAccount, findPackage, liveAccounts } from './views.ts';

export type Usage = {
  accounts: number;
  diskBytes: number;
  files: number;
  /** Bytes sent in the running month, UTC. */
  trafficBytes: number;
};

export async function packageUsage(
  node: NodeContext,
  ref: string,
): Promise<Answer<Usage & { limits: { accounts: number; diskMb: number } }>> {
  const found = findPackage(node, ref);
  if (!found.ok) return found;
  const accounts = liveAccounts(node, ref);
  const disk = await node.usage.usedByPackage(ref);
  const sent = accounts.map((account) => node.traffic.ofAccount(account.ref));
  return accept({
    accounts: accounts.length,
    diskBytes: disk.bytes,
    files: disk.files,
    trafficBytes: sent.reduce((sum, bytes) => sum + bytes, 0),
    limits: found.value.limits,
  });
}

export async function accountUsage(
  node: NodeContext,
  packageRef: string,
  accountRef: string,
): Promise<Answer<Usage>> {
  const found = findAccount(node, packageRef, accountRef);
  if (!found.ok) return found;
  const disk = await node.usage.used(accountRef);
  return accept({
    accounts: 1,
    diskBytes: disk.bytes,
    files: disk.files,
    trafficBytes: node.traffic.ofAccount(accountRef),
  });
}
