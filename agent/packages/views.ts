import type { NodeContext } from '../node-context.ts';
import type { AccountRecord, PackageRecord } from '../records/records.ts';
import { accept, refuse, type Answer } from '../refusal.ts';

export type PackageView = ReturnType<typeof viewPackage>;
export type AccountView = ReturnType<typeof viewAccount>;

/** The package as the control API shows it. */
export function viewPackage(node: NodeContext, record: PackageRecord) {
  return {
    ref: record.ref,
    username: record.username,
    domain: record.domain,
    platform: record.platform,
    /** This node is Linux; a Windows package on it is a stand-in for a real one. */
    standIn: record.platform === 'windows',
    limits: record.limits,
    addresses: record.addresses,
    suspended: record.suspension !== null,
    url: siteUrl(node, record.username),
    primaryAccountRef: record.ref,
    createdAt: record.createdAt,
  };
}

/** The hosting account as the control API shows it. */
export function viewAccount(node: NodeContext, record: AccountRecord) {
  const owner = node.store.packages.get(record.packageRef);
  const suspendedBy = owner?.suspension ? 'package' : record.suspension ? 'account' : null;
  return {
    ref: record.ref,
    packageRef: record.packageRef,
    username: record.username,
    domain: record.domain,
    primary: record.ref === record.packageRef,
    suspendedBy: suspendedBy as 'package' | 'account' | null,
    url: siteUrl(node, record.username),
    createdAt: record.createdAt,
  };
}

function siteUrl(node: NodeContext, username: string): string {
  return `http://${username}.localhost:${node.webPort()}/`;
}

export function findPackage(node: NodeContext, ref: string): Answer<PackageRecord> {
  const record = node.store.packages.get(ref);
  if (!record || record.terminatedAt !== null) {
    return refuse('package-not-found', `There is no package ${ref} on this node.`);
  }
  return accept(record);
}

/** Finds a live account of that very package, so that one seller cannot name another's. */
export function findAccount(
  node: NodeContext,
  packageRef: string,
  accountRef: string,
): Answer<AccountRecord> {
  const record = node.store.accounts.get(accountRef);
  if (!record || record.packageRef !== packageRef || record.deletedAt !== null) {
    return refuse('account-not-found', `There is no account ${accountRef} in this package.`);
  }
  return accept(record);
}

export function liveAccounts(node: NodeContext, packageRef: string): AccountRecord[] {
  return node.store.index.accountsOf(packageRef);
}
