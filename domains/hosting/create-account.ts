import { refuse } from '#kit/refusal.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { readDomainName } from '#domains/subscriptions/index.ts';
import { accountsOf, insertAccount, selectAccount } from './account-store.ts';
import type { HostingAccount } from './hosting-account.ts';
import { syncAccountJob } from './jobs.ts';
import { lockPackage } from './package-store.ts';
import { refuseAs } from './server-refusals.ts';
import { syncAccount } from './sync-account.ts';
import { ownLivePackage } from './whose-account.ts';

export type NewAccount = { subscriptionId: string; username: string; domainName: string };

/**
 * Makes a hosting account in the client's package, up to its limit. Asked again with the same name
 * and domain it answers with the account that is there. When the server is away the account stays
 * `creating` and is made as soon as it is back.
 */
export async function createAccount(outside: Outside, wish: NewAccount): Promise<HostingAccount> {
  const wanted = await outside.transact((ctx) => wantAccount(ctx, wish));
  if (wanted.applied === 'none') {
    const synced = await syncAccount(outside, wanted.id);
    if (synced.kind === 'refused') refuseAs(synced.code, synced.message);
  }
  return (await outside.transact((ctx) => selectAccount(ctx, wanted.id))) ?? wanted;
}

async function wantAccount(
  ctx: Ctx,
  { subscriptionId, username, domainName }: NewAccount,
): Promise<HostingAccount> {
  const { account: owner, node } = await ownLivePackage(ctx, subscriptionId);
  if (!node.capabilities.accounts) refuse('server-cannot');
  if (owner.state === 'suspended') refuse('package-suspended');
  const domain = readDomainName(domainName);
  if (!domain) refuse('domain-name-invalid', { field: 'domainName' });
  // Held so that two calls at once count one after the other.
  const { limits } = (await lockPackage(ctx, owner.id)) ?? owner;
  const present = await accountsOf(ctx, owner);
  const same = present.find((one) => one.username === username);
  if (same?.domainName === domain) return same;
  if (same) refuse('username-taken', { field: 'username' });
  if (limits.accounts !== null && present.length >= limits.accounts) {
    refuse('account-limit-reached', { params: { limit: limits.accounts } });
  }
  const id = ctx.newId('acc', owner.branch);
  const account: HostingAccount = {
    id,
    branch: owner.branch,
    packageId: owner.id,
    clientId: owner.clientId,
    accountRef: id,
    username,
    domainName: domain,
    isPrimary: false,
    wanted: 'active',
    applied: 'none',
    url: null,
    attempts: 0,
    nextAttemptAt: ctx.now,
    lastError: null,
    createdAt: ctx.now,
    deletedAt: null,
  };
  await insertAccount(ctx, account);
  // Should this process die before it asks the server, another one will.
  await ctx.enqueue(syncAccountJob, { accountId: id });
  return account;
}
