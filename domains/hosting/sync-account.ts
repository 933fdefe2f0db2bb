import { eachDue } from '#platform/agenda.ts';
import type { AgendaItem } from '#platform/agenda.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import {
  deleteAccountRow,
  dueAccounts,
  firstAccountAt,
  lockAccount,
  updateAccount,
} from './account-store.ts';
import { connectNode } from './connect-node.ts';
import { nextAttempt } from './delivery.ts';
import type { HostingAccount } from './hosting-account.ts';
import { selectPackage } from './package-store.ts';
import type { Outcome, ServerConnection } from './server-module.ts';

const LEASE_S = 120;
/** Accounts whose server is to be told again. */
export const syncDueAccounts: AgendaItem = {
  name: 'hosting.sync-accounts',
  nextDueAt: firstAccountAt,
  runDue: eachDue(dueAccounts, async (outside, id) => {
    await syncAccount(outside, id);
  }),
};

/**
 * - `synced`: the server has what the owner wants.
 * - `later`: it did not answer; it is told again until it does.
 * - `refused`: it said no, and what was wanted is taken back.
 */
export type Synced =
  | { kind: 'synced' | 'later' }
  | { kind: 'refused'; code: string; message: string };

/** Tells the server what the owner of an account wants, until it has it or is away. */
export async function syncAccount(outside: Outside, id: string): Promise<Synced> {
  for (;;) {
    const begun = await outside.transact((ctx) => beginAttempt(ctx, id));
    if (begun.kind === 'nothing') return { kind: 'synced' };
    const { account, goal } = begun;
    const answer =
      begun.kind === 'not-connected'
        ? { kind: 'unreachable' as const, message: begun.message, retryAfterMs: 0 }
        : await tell(begun.server, account, goal);
    const ended = await outside.transact((ctx) => takeAnswer(ctx, account, goal, answer));
    if (ended) return ended;
  }
}

type Goal = Exclude<HostingAccount['applied'], 'none'>;
type Begun =
  | { kind: 'nothing' }
  | { kind: 'not-connected'; account: HostingAccount; goal: Goal; message: string }
  | { kind: 'go'; account: HostingAccount; goal: Goal; server: ServerConnection };

async function beginAttempt(ctx: Ctx, id: string): Promise<Begun> {
  const account = await lockAccount(ctx, id);
  if (!account || account.wanted === account.applied) return { kind: 'nothing' };
  const owner = await selectPackage(ctx, account.packageId);
  if (!owner) throw new Error(`package ${account.packageId} is gone`);
  await updateAccount(ctx, {
    ...account,
    attempts: account.attempts + 1,
    nextAttemptAt: ctx.now.add({ seconds: LEASE_S }),
  });
  // What may be on its way is made first, whatever is wanted by now: a lost call that arrives later
  // then finds its reference used up.
  const goal = account.applied === 'none' ? 'active' : account.wanted;
  const node = await connectNode(ctx, owner.nodeId);
  if (node.kind !== 'connected') return { ...node, account, goal };
  return { kind: 'go', account, goal, server: node.server };
}

async function tell(
  server: ServerConnection,
  account: HostingAccount,
  goal: Goal,
): Promise<Outcome<{ url: string } | null>> {
  const { packageId: packageRef, accountRef, username, domainName: domain } = account;
  if (goal === 'deleted') return server.deleteAccount({ packageRef, accountRef });
  if (goal === 'suspended') return server.suspendAccount({ packageRef, accountRef }, 'owner');
  if (account.applied === 'suspended') return server.unsuspendAccount({ packageRef, accountRef });
  return server.createAccount(packageRef, { accountRef, username, domain });
}

const GONE = ['account-not-found', 'package-not-found', 'reference-terminated'];

async function takeAnswer(
  ctx: Ctx,
  told: HostingAccount,
  goal: Goal,
  answer: Outcome<{ url: string } | null>,
): Promise<Synced | null> {
  const account = await lockAccount(ctx, told.id);
  const isGone = answer.kind === 'refused' && goal === 'deleted' && GONE.includes(answer.code);
  if (answer.kind === 'ok' || isGone) {
    if (!account) return { kind: 'synced' };
    const url = answer.kind === 'ok' && answer.value ? answer.value.url : account.url;
    const isThere = account.wanted === goal;
    const nextAttemptAt = isThere ? null : ctx.now;
    await updateAccount(ctx, { ...account, ...fresh, applied: goal, url, nextAttemptAt });
    return isThere ? { kind: 'synced' } : null;
  }
  if (answer.kind === 'refused') {
    if (account) await takeBack(ctx, account);
    if (account?.wanted === 'deleted' && account.applied === 'none') return { kind: 'synced' };
    return { kind: 'refused', code: answer.code, message: answer.message };
  }
  if (!account) return { kind: 'synced' };
  const pauseMs = answer.kind === 'pending' ? answer.checkAfterMs : answer.retryAfterMs;
  const nextAttemptAt = nextAttempt(account.attempts, pauseMs, ctx.now);
  await updateAccount(ctx, { ...account, lastError: answer.message, nextAttemptAt });
  return { kind: 'later' };
}

const fresh = { attempts: 0, lastError: null } as const;

/** The server said no: an account that it would not make is none, others stay as they are. */
async function takeBack(ctx: Ctx, account: HostingAccount): Promise<void> {
  const { applied } = account;
  if (applied === 'none') return deleteAccountRow(ctx, account);
  return updateAccount(ctx, {
    ...account,
    ...fresh,
    wanted: applied,
    nextAttemptAt: null,
    deletedAt: null,
  });
}
