import type { NodeContext } from '../node-context.ts';
import { accept, type Answer } from '../refusal.ts';
import { findAccount, viewAccount, type AccountView } from './views.ts';

/** Suspends one site at once, or with `reason: null` lifts that; again is accepted. */
export function suspendAccount(
  node: NodeContext,
  packageRef: string,
  accountRef: string,
  reason: string | null,
): Promise<Answer<AccountView>> {
  return node.inTurn(async () => {
    const found = findAccount(node, packageRef, accountRef);
    if (!found.ok) return found;
    const since = found.value.suspension?.since ?? node.now();
    const suspension = reason === null ? null : { reason, since };
    const changed = { ...found.value, suspension };
    await node.store.saveAccount(changed);
    if (suspension) await node.stopAccount(accountRef);
    return accept(viewAccount(node, changed));
  });
}
