import type { Ctx } from '#platform/context.ts';
import { connectNode } from '../connect-node.ts';
import { insertAccount, accountsOf } from '../account-store.ts';
import type { PackageAccount } from '../package-account.ts';
import { packageOfSubscription } from '../package-store.ts';
import type { ServerPackage } from '../server-module.ts';
import { changePackage } from './package-step.ts';
import { notOk, notSetUp } from './server-answer.ts';
import type { Step } from './step.ts';

/** Asks the server for what it now has, and takes that as the package. */
export const checkPackageStep: Step = {
  outside: async (outside, { subscriptionId }) => {
    const { account, node } = await outside.transact(async (ctx) => {
      const found = await packageOfSubscription(ctx, subscriptionId);
      if (!found) throw new Error(`${subscriptionId} has no package yet`);
      return { account: found, node: await connectNode(ctx, found.nodeId) };
    });
    if (node.kind !== 'connected') return notSetUp(node.message);
    const answer = await node.server.findPackage(account.id);
    if (answer.kind !== 'ok') return notOk(answer);
    return {
      kind: 'done',
      message: answer.value.url,
      save: (ctx) => takePackage(ctx, account.id, answer.value),
    };
  },
};

async function takePackage(ctx: Ctx, id: string, there: ServerPackage): Promise<void> {
  const account = await changePackage(ctx, id, (before) => ({
    ...before,
    state: there.suspended ? 'suspended' : 'active',
    standIn: there.standIn,
    url: there.url,
    addresses: there.addresses.map(({ addressRef, address }) => ({ ref: addressRef, address })),
    readyAt: before.readyAt ?? ctx.now,
  }));
  await ensurePrimaryAccount(ctx, account, there);
}

/** The package's own site: every package comes with one. */
async function ensurePrimaryAccount(
  ctx: Ctx,
  account: PackageAccount,
  there: ServerPackage,
): Promise<void> {
  const present = await accountsOf(ctx, account);
  if (present.some(({ isPrimary }) => isPrimary)) return;
  await insertAccount(ctx, {
    id: ctx.newId('acc', account.branch),
    branch: account.branch,
    packageId: account.id,
    clientId: account.clientId,
    accountRef: there.primaryAccountRef,
    username: there.username,
    domainName: there.domain,
    isPrimary: true,
    wanted: 'active',
    applied: 'active',
    url: there.url,
    attempts: 0,
    nextAttemptAt: null,
    lastError: null,
    createdAt: ctx.now,
    deletedAt: null,
  });
}
