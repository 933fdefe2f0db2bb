import { refuse } from '#kit/refusal.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { lockAccount, selectAccount, updateAccount } from './account-store.ts';
import type { HostingAccount } from './hosting-account.ts';
import { syncAccountJob } from './jobs.ts';
import { refuseAs } from './server-refusals.ts';
import { syncAccount } from './sync-account.ts';
import { ownAccount } from './whose-account.ts';

/** Suspends the client's own account, or lets it answer again. Twice is once. */
export async function setAccountSuspended(
  outside: Outside,
  id: string,
  suspended: boolean,
): Promise<HostingAccount> {
  return change(outside, id, (ctx) => want(ctx, id, suspended ? 'suspended' : 'active'));
}

/**
 * Deletes the client's own account with its files, for good. The domain is typed, so that nobody
 * deletes by a slip. Refuses `primary-account`, `confirmation-invalid`.
 */
export async function deleteAccount(
  outside: Outside,
  { id, domainName }: { id: string; domainName: string },
): Promise<HostingAccount> {
  return change(outside, id, async (ctx) => {
    const account = await ownAccount(ctx, id);
    if (account.isPrimary) refuse('primary-account');
    if (domainName.trim().toLowerCase() !== account.domainName) {
      refuse('confirmation-invalid', { field: 'domainName' });
    }
    return want(ctx, id, 'deleted');
  });
}

async function change(
  outside: Outside,
  id: string,
  decide: (ctx: Ctx) => Promise<HostingAccount>,
): Promise<HostingAccount> {
  const wanted = await outside.transact(decide);
  const synced = await syncAccount(outside, id);
  if (synced.kind === 'refused') refuseAs(synced.code, synced.message);
  return (await outside.transact((ctx) => selectAccount(ctx, id))) ?? wanted;
}

async function want(
  ctx: Ctx,
  id: string,
  wanted: HostingAccount['wanted'],
): Promise<HostingAccount> {
  await ownAccount(ctx, id);
  const account = await lockAccount(ctx, id);
  if (!account) refuse('hosting-account-not-found', { field: 'id' });
  if (account.wanted === wanted) return account;
  const changed: HostingAccount = {
    ...account,
    wanted,
    attempts: 0,
    nextAttemptAt: ctx.now,
    deletedAt: wanted === 'deleted' ? ctx.now : null,
  };
  await updateAccount(ctx, changed);
  await ctx.enqueue(syncAccountJob, { accountId: id });
  return changed;
}
