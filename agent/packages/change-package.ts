import type { NodeContext } from '../node-context.ts';
import type { PackageLimits, PackageRecord } from '../records/records.ts';
import { accept, type Answer } from '../refusal.ts';
import { deleteRecord } from './delete-account.ts';
import { findPackage, liveAccounts, viewPackage, type PackageView } from './views.ts';

/**
 * Sets the limits. Lower ones than what is used are taken: what is there stays and nothing more
 * fits, as WHM's setresellerlimits has it.
 */
export function changeLimits(node: NodeContext, ref: string, limits: PackageLimits) {
  return changePackage(node, ref, (record) => ({ ...record, limits }));
}

/** Suspends every site of the package at once. Suspending again changes the reason only. */
export function suspendPackage(node: NodeContext, ref: string, reason: string) {
  return changePackage(node, ref, (record) => {
    const since = record.suspension?.since ?? node.now();
    return { ...record, suspension: { reason, since } };
  });
}

/** Lifts the package's own suspension; accounts suspended one by one stay so. */
export function unsuspendPackage(node: NodeContext, ref: string) {
  return changePackage(node, ref, (record) => ({ ...record, suspension: null }));
}

function changePackage(
  node: NodeContext,
  ref: string,
  change: (record: PackageRecord) => PackageRecord,
): Promise<Answer<PackageView>> {
  return node.inTurn(async () => {
    const found = findPackage(node, ref);
    if (!found.ok) return found;
    const changed = change(found.value);
    await node.store.savePackage(changed);
    if (changed.suspension) {
      await Promise.all(liveAccounts(node, ref).map((account) => node.stopAccount(account.ref)));
    }
    return accept(viewPackage(node, changed));
  });
}

/**
 * Deletes the package with all its accounts and files, for good; again is accepted. The package's
 * tombstone is written first, so whatever a crash leaves behind is swept when the node starts.
 */
export function terminatePackage(node: NodeContext, ref: string): Promise<Answer<{ ref: string }>> {
  return node.inTurn(async () => {
    const record = node.store.packages.get(ref);
    if (!record) return findPackage(node, ref) as Answer<never>;
    if (record.terminatedAt === null) {
      await node.store.savePackage({ ...record, addresses: [], terminatedAt: node.now() });
      for (const { address } of record.addresses) await node.closeAddress(address);
    }
    await sweepTerminated(node, ref);
    return accept({ ref });
  });
}

/** Deletes what is left of a terminated package's accounts. */
export async function sweepTerminated(node: NodeContext, ref: string): Promise<void> {
  for (const account of liveAccounts(node, ref)) await deleteRecord(node, account);
}
