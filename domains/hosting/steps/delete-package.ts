import type { Ctx } from '#platform/context.ts';
import { markAccountsGone } from '../account-store.ts';
import { connectNode } from '../connect-node.ts';
import { packageOfSubscription } from '../package-store.ts';
import { changePackage } from './package-step.ts';
import { notOk, notSetUp } from './server-answer.ts';
import type { Step } from './step.ts';

/** Deletes the package with all its accounts and files. What was never made is gone too. */
export const deletePackageStep: Step = {
  outside: async (outside, { subscriptionId }) => {
    const found = await outside.transact(async (ctx) => {
      const account = await packageOfSubscription(ctx, subscriptionId);
      return account && { account, node: await connectNode(ctx, account.nodeId) };
    });
    if (!found || found.account.state === 'terminated') return { kind: 'done' };
    const { account, node } = found;
    if (node.kind !== 'connected') return notSetUp(node.message);
    const answer = await node.server.terminatePackage(account.id);
    if (answer.kind !== 'ok') return notOk(answer);
    return { kind: 'done', save: (ctx) => markGone(ctx, account.id) };
  },
};

async function markGone(ctx: Ctx, id: string): Promise<void> {
  const gone = await changePackage(ctx, id, (before) => ({
    ...before,
    state: 'terminated',
    addresses: [],
    terminatedAt: before.terminatedAt ?? ctx.now,
  }));
  await markAccountsGone(ctx, gone);
}
