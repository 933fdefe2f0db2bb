import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import type { HostingAccount } from './hosting-account.ts';

type Row = {
  branch_id: number;
  id: string;
  package_id: string;
  client_id: string;
  account_ref: string;
  username: string;
  domain_name: string;
  is_primary: boolean;
  wanted: HostingAccount['wanted'];
  applied: HostingAccount['applied'];
  url: string | null;
  attempts: number;
  next_attempt_at: Temporal.Instant | null;
  last_error: string | null;
  created_at: Temporal.Instant;
  deleted_at: Temporal.Instant | null;
};

type Tables = { hosting_account: Row };

function toAccount(row: Row): HostingAccount {
  return {
    id: row.id,
    branch: row.branch_id,
    packageId: row.package_id,
    clientId: row.client_id,
    accountRef: row.account_ref,
    username: row.username,
    domainName: row.domain_name,
    isPrimary: row.is_primary,
    wanted: row.wanted,
    applied: row.applied,
    url: row.url,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    lastError: row.last_error,
    createdAt: row.created_at,
    deletedAt: row.deleted_at,
  };
}

function toRow(account: HostingAccount): Row {
  return {
    branch_id: account.branch,
    id: account.id,
    package_id: account.packageId,
    client_id: account.clientId,
    account_ref: account.accountRef,
    username: account.username,
    domain_name: account.domainName,
    is_primary: account.isPrimary,
    wanted: account.wanted,
    applied: account.applied,
    url: account.url,
    attempts: account.attempts,
    next_attempt_at: account.nextAttemptAt,
    last_error: account.lastError,
    created_at: account.createdAt,
    deleted_at: account.deletedAt,
  };
}

export async function insertAccount(ctx: Ctx, account: HostingAccount): Promise<void> {
  await tablesOf<Tables>(ctx.tx).insertInto('hosting_account').values(toRow(account)).execute();
}

export async function updateAccount(ctx: Ctx, account: HostingAccount): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('hosting_account')
    .set(toRow(account))
    .where('branch_id', '=', account.branch)
    .where('id', '=', account.id)
    .execute();
}

/** Drops an account that the server refused to make: there is nothing behind it. */
export async function deleteAccountRow(ctx: Ctx, { branch, id }: HostingAccount): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .deleteFrom('hosting_account')
    .where('branch_id', '=', branch)
    .where('id', '=', id)
    .execute();
}

export async function selectAccount(ctx: Ctx, id: string): Promise<HostingAccount | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('hosting_account')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? toAccount(row) : null;
}

/** The same, held until the transaction ends. */
export async function lockAccount(ctx: Ctx, id: string): Promise<HostingAccount | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('hosting_account')
    .selectAll()
    .where('branch_id', '=', branchOf(id))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ? toAccount(row) : null;
}

/** Accounts that their owner has not deleted, the primary one first, then the oldest. */
export async function accountsOf(
  ctx: Ctx,
  { branch, id }: { branch: number; id: string },
): Promise<HostingAccount[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('hosting_account')
    .selectAll()
    .where('branch_id', '=', branch)
    .where('package_id', '=', id)
    .where('wanted', '<>', 'deleted')
    .orderBy('is_primary', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(toAccount);
}

/** With their package every account goes, and nothing more is asked of the server about them. */
export async function markAccountsGone(
  ctx: Ctx,
  { branch, id }: { branch: number; id: string },
): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('hosting_account')
    .set((eb) => ({
      wanted: 'deleted' as const,
      applied: 'deleted' as const,
      next_attempt_at: null,
      deleted_at: eb.fn.coalesce('deleted_at', eb.val(ctx.now)),
    }))
    .where('branch_id', '=', branch)
    .where('package_id', '=', id)
    .execute();
}

export async function firstAccountAt(ctx: Ctx): Promise<Temporal.Instant | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('hosting_account')
    .select((select) => select.fn.min('next_attempt_at').as('at'))
    .where('next_attempt_at', 'is not', null)
    .executeTakeFirst();
  return row?.at ?? null;
}

export async function dueAccounts(ctx: Ctx, limit: number): Promise<string[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('hosting_account')
    .select('id')
    .where('next_attempt_at', '<=', ctx.now)
    .orderBy('next_attempt_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}
