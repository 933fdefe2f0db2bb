import type { AccountRecord, PackageRecord } from './records.ts';

/** Finds live accounts by host name and by package, and packages by address, without a search. */
export function recordIndex() {
  const byHost = new Map<string, AccountRecord>();
  const byPackage = new Map<string, Map<string, AccountRecord>>();
  const byAddress = new Map<string, string>();

  return {
    putAccount(account: AccountRecord) {
      const siblings = byPackage.get(account.packageRef) ?? new Map<string, AccountRecord>();
      byPackage.set(account.packageRef, siblings);
      if (account.deletedAt === null) siblings.set(account.ref, account);
      else siblings.delete(account.ref);
      for (const host of hostsOf(account)) {
        if (account.deletedAt === null) byHost.set(host, account);
        else if (byHost.get(host)?.ref === account.ref) byHost.delete(host);
      }
    },
    putPackage(record: PackageRecord) {
      for (const [address, ref] of byAddress) if (ref === record.ref) byAddress.delete(address);
      for (const { address } of record.addresses) byAddress.set(address, record.ref);
    },
    accountByHost: (host: string) => byHost.get(host),
    accountsOf: (packageRef: string) => [...(byPackage.get(packageRef)?.values() ?? [])],
    packageByAddress: (address: string) => byAddress.get(address),
    assignedAddresses: () => [...byAddress.keys()],
  };
}

/** A site answers under the node's name for it and under its domain, with and without www. */
function hostsOf(account: AccountRecord): string[] {
  const bare = account.domain.replace(/^www\./, '');
  return [`${account.username}.localhost`, bare, `www.${bare}`];
}
