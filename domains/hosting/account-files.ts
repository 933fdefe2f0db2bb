import { refuse } from '#kit/refusal.ts';
import type { Outside } from '#platform/context.ts';
import { selectPackage } from './package-store.ts';
import type { AccountKey, Outcome, ServerFiles } from './server-module.ts';
import { answered } from './server-refusals.ts';
import { nodeOf, ownAccount } from './whose-account.ts';

type Ask<T> = (files: ServerFiles, which: AccountKey) => Promise<Outcome<T>>;

/** Asks the server something about files of the client's own account. */
export function askFiles<T>(outside: Outside, accountId: string, ask: Ask<T>): Promise<T> {
  return carryOut(outside, accountId, 'read', ask);
}

/** Has files of the client's own account changed; in a suspended package they stay as they are. */
export function changeFiles<T>(outside: Outside, accountId: string, ask: Ask<T>): Promise<T> {
  return carryOut(outside, accountId, 'change', ask);
}

async function carryOut<T>(
  outside: Outside,
  accountId: string,
  intent: 'read' | 'change',
  ask: Ask<T>,
): Promise<T> {
  const { files, which } = await outside.transact(async (ctx) => {
    const account = await ownAccount(ctx, accountId);
    const owner = await selectPackage(ctx, account.packageId);
    if (!owner || account.applied === 'none') refuse('hosting-account-not-found', { field: 'id' });
    if (intent === 'change' && owner.state === 'suspended') refuse('package-suspended');
    const { server, capabilities } = await nodeOf(ctx, owner);
    if (!capabilities.files) refuse('server-cannot');
    const { packageId: packageRef, accountRef } = account;
    return { files: server.files, which: { packageRef, accountRef } };
  });
  return answered(await ask(files, which));
}
