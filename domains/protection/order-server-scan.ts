import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { insertOrderOnce } from './guard-order-store.ts';
import { staffServer } from './join-server.ts';

/** Accounts that a server says it has, whether or not they are hosting accounts of ours. */
export async function accountsOfServer(ctx: Ctx, id: string) {
  const { accounts } = await staffServer(ctx, id);
  return { items: [...accounts] };
}

/**
 * Has a server look at all files of one of its accounts, ours or not. Asked for again before it was
 * fetched, it is the same look. Refuses `server-account-not-found`, `server-not-joined`.
 */
export async function orderServerScan(
  ctx: Ctx,
  { id, accountRef }: { id: string; accountRef: string },
): Promise<void> {
  const server = await staffServer(ctx, id);
  if (!server.accounts.some((account) => account.accountRef === accountRef)) {
    refuse('server-account-not-found', { field: 'accountRef' });
  }
  if (server.keyHash === null) refuse('server-not-joined');
  const orderId = ctx.newId('gor', 0);
  await insertOrderOnce(
    ctx,
    {
      id: orderId,
      nodeId: server.nodeId,
      wish: `scan ${accountRef} by staff`,
      input: { kind: 'scan', accountRef, key: orderId },
    },
    Date.now(),
  );
}
