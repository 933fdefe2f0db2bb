import type { NodeContext } from '../node-context.ts';
import type { AccountRecord } from '../records/records.ts';
import { accept, refuse, type Answer } from '../refusal.ts';
import { findAccount } from './views.ts';

/** Deletes one account with its files, for good; deleting again is accepted. */
export function deleteAccount(
  node: NodeContext,
  packageRef: string,
  accountRef: string,
): Promise<Answer<{ ref: string }>> {
  return node.inTurn(async () => {
    const record = node.store.accounts.get(accountRef);
    if (record?.packageRef === packageRef && record.deletedAt !== null) {
      return accept({ ref: accountRef });
    }
    const found = findAccount(node, packageRef, accountRef);
    if (!found.ok) return found;
    if (accountRef === packageRef) {
      return refuse(
        'primary-account',
        'The primary account goes with its package: terminate that.',
      );
    }
    await deleteRecord(node, found.value);
    return accept({ ref: accountRef });
  });
}

/** The tombstone is what deletes: a home without a live record is swept at the next start too. */
export async function deleteRecord(node: NodeContext, account: AccountRecord): Promise<void> {
  await node.store.saveAccount({ ...account, deletedAt: node.now() });
  await node.stopAccount(account.ref);
  await node.store.discardHome(account.ref);
  node.usage.forget(account.ref);
  node.store.emptyTrash().catch((error) => node.log.error({ error }, 'trash not emptied'));
}
