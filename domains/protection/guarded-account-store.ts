import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';
import { likeText } from '#platform/database/like.ts';
import { rowsOf } from '#platform/database/rows.ts';
import type { HostedAccount } from '#domains/hosting/index.ts';
import type { GuardedAccount } from './guarded-account.ts';
import type { Mode } from './protection-words.ts';

type Row = {
  branch_id: number;
  account_id: string;
  package_id: string;
  subscription_id: string;
  client_id: string;
  brand_id: string;
  seller_id: string;
  node_id: string;
  account_ref: string;
  domain_name: string;
  bought: boolean;
  own_mode: Mode | null;
  mode: Mode;
  applied_mode: Mode | null;
  open_findings: number;
  malicious: number;
  compromised: number;
  mended: number;
  risk: number;
  scanned_files: bigint;
  scan_started_at: Temporal.Instant | null;
  scan_ended_at: Temporal.Instant | null;
  last_finding_at: Temporal.Instant | null;
  mailed_at: Temporal.Instant | null;
  gone_at: Temporal.Instant | null;
};

type Tables = { guarded_account: Row };

function toAccount(row: Row): GuardedAccount {
  return {
    branch: row.branch_id,
    accountId: row.account_id,
    packageId: row.package_id,
    subscriptionId: row.subscription_id,
    clientId: row.client_id,
    brandId: row.brand_id,
    sellerId: row.seller_id,
    nodeId: row.node_id,
    accountRef: row.account_ref,
    domainName: row.domain_name,
    bought: row.bought,
    ownMode: row.own_mode,
    mode: row.mode,
    appliedMode: row.applied_mode,
    openFindings: row.open_findings,
    malicious: row.malicious,
    compromised: row.compromised,
    mended: row.mended,
    risk: row.risk,
    scannedFiles: Number(row.scanned_files),
    scanStartedAt: row.scan_started_at,
    scanEndedAt: row.scan_ended_at,
    lastFindingAt: row.last_finding_at,
    mailedAt: row.mailed_at,
    goneAt: row.gone_at,
  };
}

export type WantedAccount = HostedAccount & { bought: boolean; mode: Mode };

const COLUMNS = {
  branch_id: 'int4',
  account_id: 'text',
  package_id: 'text',
  subscription_id: 'text',
  client_id: 'text',
  brand_id: 'text',
  seller_id: 'text',
  node_id: 'text',
  account_ref: 'text',
  domain_name: 'text',
  bought: 'boolean',
  mode: 'text',
};

/** Writes down what the accounts of a node are to have; those not named are gone from it. */
export async function keepAccounts(
  ctx: Ctx,
  nodeId: string,
  accounts: readonly WantedAccount[],
): Promise<void> {
  const rows = accounts.map((one) => ({
    branch_id: one.branch,
    account_id: one.id,
    package_id: one.packageId,
    subscription_id: one.subscriptionId,
    client_id: one.clientId,
    brand_id: one.brandId,
    seller_id: one.sellerId,
    node_id: one.nodeId,
    account_ref: one.accountRef,
    domain_name: one.domainName,
    bought: one.bought,
    mode: one.mode,
  }));
  const columns = sql.raw(Object.keys(COLUMNS).join(', '));
  await sql`
    insert into guarded_account (${columns}) select ${columns} from ${rowsOf(COLUMNS, rows)}
    on conflict (branch_id, account_id) do update set
      node_id = excluded.node_id, account_ref = excluded.account_ref,
      domain_name = excluded.domain_name, bought = excluded.bought, mode = excluded.mode,
      gone_at = null
    where (guarded_account.node_id, guarded_account.account_ref, guarded_account.domain_name,
      guarded_account.bought, guarded_account.mode, guarded_account.gone_at)
      is distinct from (excluded.node_id, excluded.account_ref, excluded.domain_name,
      excluded.bought, excluded.mode, null)`.execute(ctx.tx);
  await sql`
    update guarded_account set gone_at = ${ctx.now}
    where node_id = ${nodeId} and gone_at is null
      and account_id <> all(${accounts.map(({ id }) => id)})`.execute(ctx.tx);
}

/** The node has confirmed these modes. */
export async function markApplied(
  ctx: Ctx,
  applied: readonly { branch: number; accountId: string; mode: Mode }[],
): Promise<void> {
  const rows = applied.map(({ branch, accountId, mode }) => ({ branch, account: accountId, mode }));
  await sql`
    update guarded_account a set applied_mode = r.mode
    from ${rowsOf({ branch: 'int4', account: 'text', mode: 'text' }, rows)}
    where a.branch_id = r.branch and a.account_id = r.account
      and a.applied_mode is distinct from r.mode`.execute(ctx.tx);
}

export async function setOwnMode(
  ctx: Ctx,
  { branch, accountId }: Pick<GuardedAccount, 'branch' | 'accountId'>,
  ownMode: Mode | null,
): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('guarded_account')
    .set({ own_mode: ownMode })
    .where('branch_id', '=', branch)
    .where('account_id', '=', accountId)
    .execute();
}

export async function markMailed(
  ctx: Ctx,
  { branch, accountId }: Pick<GuardedAccount, 'branch' | 'accountId'>,
): Promise<void> {
  await tablesOf<Tables>(ctx.tx)
    .updateTable('guarded_account')
    .set({ mailed_at: ctx.now })
    .where('branch_id', '=', branch)
    .where('account_id', '=', accountId)
    .execute();
}

export async function selectGuardedAccount(
  ctx: Ctx,
  accountId: string,
): Promise<GuardedAccount | null> {
  const row = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guarded_account')
    .selectAll()
    .where('branch_id', '=', branchOf(accountId))
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row ? toAccount(row) : null;
}

/** Of one subscription's package, those that are there. */
export async function guardedAccountsOf(
  ctx: Ctx,
  subscriptionId: string,
): Promise<GuardedAccount[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guarded_account')
    .selectAll()
    .where('branch_id', '=', branchOf(subscriptionId))
    .where('subscription_id', '=', subscriptionId)
    .where('gone_at', 'is', null)
    .orderBy('account_id')
    .execute();
  return rows.map(toAccount);
}

/** By the names that a node has for them; what is gone comes too, since its events may be late. */
export async function guardedAccountsByRef(
  ctx: Ctx,
  nodeId: string,
  refs: readonly string[],
): Promise<GuardedAccount[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guarded_account')
    .selectAll()
    .where('node_id', '=', nodeId)
    .where(sql<boolean>`account_ref = any(${[...refs]})`)
    .execute();
  return rows.map(toAccount);
}

export async function guardedAccountsOn(ctx: Ctx, nodeId: string): Promise<GuardedAccount[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('guarded_account')
    .selectAll()
    .where('node_id', '=', nodeId)
    .where('gone_at', 'is', null)
    .execute();
  return rows.map(toAccount);
}

export type AccountFilter = {
  sellerIds: readonly string[];
  nodeId?: string;
  clientId?: string;
  mode?: Mode;
  /** Only those with something open. */
  open?: boolean;
  /** Part of the domain. */
  search?: string;
  /** `risk:account`: where the last page ended. */
  cursor?: string;
  limit: number;
};

/** By risk, the worst first; one row more than `limit`. */
export async function selectByRisk(ctx: Ctx, filter: AccountFilter): Promise<GuardedAccount[]> {
  let query = tablesOf<Tables>(ctx.tx)
    .selectFrom('guarded_account')
    .selectAll()
    .where('gone_at', 'is', null)
    .where(sql<boolean>`seller_id = any(${[...filter.sellerIds]})`)
    .orderBy('risk', 'desc')
    .orderBy('account_id')
    .limit(filter.limit + 1);
  if (filter.nodeId) query = query.where('node_id', '=', filter.nodeId);
  if (filter.clientId) query = query.where('client_id', '=', filter.clientId);
  if (filter.mode) query = query.where('mode', '=', filter.mode);
  if (filter.open) query = query.where('open_findings', '>', 0);
  if (filter.search) {
    const part = `%${likeText(filter.search.toLowerCase())}%`;
    query = query.where('domain_name', 'like', part);
  }
  const [risk = '', last = ''] = filter.cursor?.split(':') ?? [];
  if (/^\d{1,9}$/.test(risk)) {
    query = query.where(
      sql<boolean>`(risk < ${Number(risk)} or (risk = ${Number(risk)} and account_id > ${last}))`,
    );
  }
  return (await query.execute()).map(toAccount);
}
