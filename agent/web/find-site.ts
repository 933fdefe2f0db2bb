import type { NodeContext } from '../node-context.ts';
import type { AccountRecord, PackageRecord } from '../records/records.ts';

export type Site =
  | { kind: 'site'; account: AccountRecord; owner: PackageRecord }
  | { kind: 'suspended'; account: AccountRecord }
  | { kind: 'unknown' };

/**
 * Which account answers for a host name. On a package's own address the package's sites answer by
 * name and its primary one to anything else; on the shared address only names count.
 */
export function findSite(
  node: Pick<NodeContext, 'store'>,
  localAddress: string,
  host: string,
): Site {
  const packageRef = node.store.index.packageByAddress(localAddress);
  const named = node.store.index.accountByHost(host);
  if (packageRef === undefined) return toSite(node, named);
  const primary = node.store.accounts.get(packageRef);
  return toSite(node, named?.packageRef === packageRef ? named : primary);
}

function toSite(node: Pick<NodeContext, 'store'>, account: AccountRecord | undefined): Site {
  if (!account || account.deletedAt !== null) return { kind: 'unknown' };
  const owner = node.store.packages.get(account.packageRef);
  if (!owner || owner.terminatedAt !== null) return { kind: 'unknown' };
  if (owner.suspension || account.suspension) return { kind: 'suspended', account };
  return { kind: 'site', account, owner };
}
