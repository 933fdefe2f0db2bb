import type { NodeContext } from '../node-context.ts';
import { accept, refuse, type Answer } from '../refusal.ts';
import { findPackage } from './views.ts';

/** Gives the package an address of its own, or answers with the one under the reference. */
export function assignAddress(
  node: NodeContext,
  packageRef: string,
  addressRef: string,
): Promise<Answer<{ ref: string; address: string }>> {
  return node.inTurn(async () => {
    const found = findPackage(node, packageRef);
    if (!found.ok) return found;
    const record = found.value;
    const existing = record.addresses.find((entry) => entry.ref === addressRef);
    if (existing) return accept(existing);
    const free = freeAddresses(node);
    if (free.length === 0) {
      return refuse('address-pool-empty', 'The server has no free address; add some to its pool.');
    }
    for (const address of free) {
      if (!(await node.openAddress(address))) continue;
      const given = { ref: addressRef, address };
      await node.store.savePackage({ ...record, addresses: [...record.addresses, given] });
      return accept(given);
    }
    return refuse('address-unavailable', 'None of the free addresses can be opened on the server.');
  });
}

/** Takes the address back into the pool; one already released is accepted. */
export function releaseAddress(
  node: NodeContext,
  packageRef: string,
  addressRef: string,
): Promise<Answer<{ ref: string }>> {
  return node.inTurn(async () => {
    const record = node.store.packages.get(packageRef);
    if (!record) return findPackage(node, packageRef) as Answer<never>;
    const given = record.addresses.find((entry) => entry.ref === addressRef);
    if (given) {
      const addresses = record.addresses.filter((entry) => entry !== given);
      await node.store.savePackage({ ...record, addresses });
      await node.closeAddress(given.address);
    }
    return accept({ ref: addressRef });
  });
}

export function freeAddresses(node: NodeContext): string[] {
  const assigned = new Set(node.store.index.assignedAddresses());
  return node.options.addressPool.filter((address) => !assigned.has(address));
}
