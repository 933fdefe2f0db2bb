import { sql } from 'kysely';
import { money } from '#kit/money.ts';
import type { Money } from '#kit/money.ts';
import { pageOf } from '#kit/page.ts';
import type { Page } from '#kit/page.ts';
import type { Ctx } from '#platform/context.ts';
import { insertRows, rowsOf } from '#platform/database/rows.ts';
import { ceilingAtOpening } from './account-code.ts';
import { accountName } from './posting.ts';
import type { AccountDelta, AccountKey, Posting } from './posting.ts';

/** An account that movements are entered to; the balance runs on with them. */
export type HeldAccount = AccountKey & {
  balanceMinor: bigint;
  ceilingMinor: bigint | null;
  /** Nothing has ever touched it. */
  isNew?: boolean;
};

export type Txn = { id: string; posting: Posting };

/** One entry with the transaction it belongs to. */
export type LedgerEntry = {
  txnId: string;
  no: number;
  kind: string;
  cause: string;
  documentId: string | null;
  at: Temporal.Instant;
  book: string;
  code: string;
  amount: Money;
};

const KEY_COLUMNS = { branch: 'int4', book: 'text', code: 'text', currency: 'text' };

/** Opens the accounts that do not exist yet and locks all of them, in the order given. */
export async function lockAccounts(ctx: Ctx, keys: readonly AccountKey[]): Promise<HeldAccount[]> {
  if (keys.length === 0) return [];
  const held = await selectForUpdate(ctx, keys);
  if (held.length === keys.length) return held;
  await openAccounts(ctx, keys);
  return selectForUpdate(ctx, keys);
}

/** Opens those that do not exist yet. */
export async function openAccounts(ctx: Ctx, keys: readonly AccountKey[]): Promise<void> {
  if (keys.length === 0) return;
  const asked = keys.map((key) => ({ ...key, ceiling: ceilingAtOpening(key.code) }));
  await sql`
    insert into ledger_account (branch_id, book, code, currency, ceiling_minor)
    select r.branch, r.book, r.code, r.currency, r.ceiling
    from ${rowsOf({ ...KEY_COLUMNS, ceiling: 'int8' }, asked)}
    order by r.branch, r.book collate "C", r.code collate "C", r.currency collate "C"
    on conflict do nothing`.execute(ctx.tx);
}

/** Accounts as they stand, held by nobody; one that does not exist yet as it would be opened. */
export async function readAccounts(ctx: Ctx, keys: readonly AccountKey[]): Promise<HeldAccount[]> {
  const { rows } = await sql<HeldAccount>`
    select r.branch, r.book, r.code, r.currency, a.balance_minor as "balanceMinor",
      a.ceiling_minor as "ceilingMinor"
    from ${rowsOf(KEY_COLUMNS, keys)}
    join ledger_account a on a.branch_id = r.branch and a.book = r.book and a.code = r.code
      and a.currency = r.currency`.execute(ctx.tx);
  const found = new Set(rows.map(accountName));
  const missing = keys.filter((key) => !found.has(accountName(key)));
  const opened = missing.map(({ branch, book, code, currency }) => ({
    ...{ branch, book, code, currency, balanceMinor: 0n },
    ceilingMinor: ceilingAtOpening(code),
    isNew: true,
  }));
  return [...rows, ...opened];
}

async function selectForUpdate(ctx: Ctx, keys: readonly AccountKey[]): Promise<HeldAccount[]> {
  const { rows } = await sql<HeldAccount>`
    select a.branch_id as branch, a.book, a.code, a.currency,
      a.balance_minor as "balanceMinor", a.ceiling_minor as "ceilingMinor"
    from ${rowsOf(KEY_COLUMNS, keys)}
    join ledger_account a on a.branch_id = r.branch and a.book = r.book and a.code = r.code
      and a.currency = r.currency
    order by a.branch_id, a.book, a.code, a.currency
    for update of a`.execute(ctx.tx);
  return rows;
}

/** Those of the postings whose cause was posted before. */
export async function selectPosted(
  ctx: Ctx,
  postings: readonly Posting[],
): Promise<Pick<Posting, 'branch' | 'cause'>[]> {
  const { rows } = await sql<Pick<Posting, 'branch' | 'cause'>>`
    select t.branch_id as branch, t.cause
    from ${rowsOf({ branch: 'int4', cause: 'text' }, postings)}
    join ledger_txn t on t.branch_id = r.branch and t.cause = r.cause`.execute(ctx.tx);
  return rows;
}

const TXN_COLUMNS = {
  branch_id: 'int4',
  id: 'text',
  kind: 'text',
  cause: 'text',
  document_id: 'text',
  at: 'timestamptz',
};

const ENTRY_COLUMNS = {
  branch_id: 'int4',
  txn_id: 'text',
  no: 'int4',
  book: 'text',
  code: 'text',
  currency: 'text',
  amount_minor: 'int8',
};

/** So few are written in one trip: while it lasts, others wait for the accounts. */
const AT_ONCE_MAX = 10;

/**
 * Writes transactions with their entries and moves the balances. A cause that another transaction
 * posts at this moment breaks `ledger_txn_once_per_cause`.
 */
export async function insertPostings(
  ctx: Ctx,
  txns: readonly Txn[],
  deltas: readonly AccountDelta[],
): Promise<void> {
  if (txns.length === 0) return;
  if (txns.length > AT_ONCE_MAX) {
    await insertTxns(ctx, txns);
    if (deltas.length > 0) await addToBalances(deltas).execute(ctx.tx);
    return;
  }
  const txnRows = txns.map(({ id, posting }) => txnRow(ctx, id, posting));
  const entryRows = txns.flatMap(({ id, posting }) => entryRowsOf(id, posting));
  const txnColumns = sql.raw(Object.keys(TXN_COLUMNS).join(', '));
  const entryColumns = sql.raw(Object.keys(ENTRY_COLUMNS).join(', '));
  await sql`
    with txn as (
      insert into ledger_txn (${txnColumns}) select ${txnColumns} from ${rowsOf(TXN_COLUMNS, txnRows)}
    ), entry as (
      insert into ledger_entry (${entryColumns})
      select ${entryColumns} from ${rowsOf(ENTRY_COLUMNS, entryRows)}
    )
    ${addToBalances(deltas)}`.execute(ctx.tx);
}

/** Transactions with their entries; the balances are moved by the caller. */
export async function insertTxns(ctx: Ctx, txns: readonly Txn[]): Promise<void> {
  const rows = txns.map(({ id, posting }) => txnRow(ctx, id, posting));
  await insertRows(ctx.tx, 'ledger_txn', TXN_COLUMNS, rows);
  const entries = txns.flatMap(({ id, posting }) => entryRowsOf(id, posting));
  await insertRows(ctx.tx, 'ledger_entry', ENTRY_COLUMNS, entries);
}

/** Holds accounts in the order given, moves their balances and tells the new ones. */
export async function moveBalances(
  ctx: Ctx,
  deltas: readonly AccountDelta[],
): Promise<(AccountKey & { balanceMinor: bigint })[]> {
  if (deltas.length === 0) return [];
  const { rows } = await sql<AccountKey & { balanceMinor: bigint }>`
    with held as materialized (
      select a.branch_id, a.book, a.code, a.currency, r.minor
      from ${rowsOf({ ...KEY_COLUMNS, minor: 'int8' }, deltas)}
      join ledger_account a on a.branch_id = r.branch and a.book = r.book and a.code = r.code
        and a.currency = r.currency
      order by a.branch_id, a.book, a.code, a.currency
      for update of a
    )
    update ledger_account a set balance_minor = a.balance_minor + h.minor from held h
    where a.branch_id = h.branch_id and a.book = h.book and a.code = h.code
      and a.currency = h.currency
    returning a.branch_id as branch, a.book, a.code, a.currency,
      a.balance_minor as "balanceMinor"`.execute(ctx.tx);
  return rows;
}

function txnRow(ctx: Ctx, id: string, { branch, kind, cause, documentId }: Posting) {
  return { branch_id: branch, id, kind, cause, document_id: documentId ?? null, at: ctx.now };
}

/** Entries are numbered as they stand in the posting; one of nothing is not written. */
function entryRowsOf(txnId: string, { branch, entries }: Posting) {
  return entries
    .filter(({ amount }) => amount.minor !== 0n)
    .map(({ book, code, amount }, index) => ({
      branch_id: branch,
      txn_id: txnId,
      no: index + 1,
      book,
      code,
      currency: amount.currency,
      amount_minor: amount.minor,
    }));
}

function addToBalances(deltas: readonly AccountDelta[]) {
  return sql`
    update ledger_account a set balance_minor = a.balance_minor + r.minor
    from ${rowsOf({ ...KEY_COLUMNS, minor: 'int8' }, deltas)}
    where a.branch_id = r.branch and a.book = r.book and a.code = r.code
      and a.currency = r.currency`;
}

/** Balance and ceiling of one account; null when nothing has ever touched it. */
export async function selectAccount(
  ctx: Ctx,
  { branch, book, code, currency }: AccountKey,
): Promise<{ balanceMinor: bigint; ceilingMinor: bigint | null } | null> {
  const { rows } = await sql<{ balanceMinor: bigint; ceilingMinor: bigint | null }>`
    select balance_minor as "balanceMinor", ceiling_minor as "ceilingMinor" from ledger_account
    where branch_id = ${branch} and book = ${book} and code = ${code} and currency = ${currency}
  `.execute(ctx.tx);
  return rows[0] ?? null;
}

export async function upsertCeiling(
  ctx: Ctx,
  { branch, book, code, currency }: AccountKey,
  ceilingMinor: bigint | null,
): Promise<void> {
  await sql`
    insert into ledger_account (branch_id, book, code, currency, ceiling_minor)
    values (${branch}, ${book}, ${code}, ${currency}, ${ceilingMinor})
    on conflict (branch_id, book, code, currency)
      do update set ceiling_minor = excluded.ceiling_minor`.execute(ctx.tx);
}

type EntryRow = Omit<LedgerEntry, 'amount'> & { currency: string; minor: bigint };

const ENTRY = sql`
  e.txn_id as "txnId", e.no, t.kind, t.cause, t.document_id as "documentId", t.at,
  e.book, e.code, e.currency, e.amount_minor as minor`;

/** Entries of one account, newest first. */
export async function selectAccountEntries(
  ctx: Ctx,
  { branch, book, code, currency }: AccountKey,
  page: { cursor?: string | undefined; limit: number },
): Promise<Page<LedgerEntry>> {
  const [txnId = null, no = '0'] = page.cursor?.split('.') ?? [];
  const { rows } = await sql<EntryRow>`
    select ${ENTRY}
    from ledger_entry e join ledger_txn t on t.branch_id = e.branch_id and t.id = e.txn_id
    where e.branch_id = ${branch} and e.book = ${book} and e.code = ${code}
      and e.currency = ${currency}
      and (${txnId}::text is null or (e.txn_id, e.no) < (${txnId}, ${Number(no) || 0}::int))
    order by e.txn_id desc, e.no desc limit ${page.limit + 1}`.execute(ctx.tx);
  return pageOf(rows.map(entryOf), page.limit, (entry) => `${entry.txnId}.${entry.no}`);
}

/** Every entry behind one document, in the order of posting. */
export async function selectDocumentEntries(
  ctx: Ctx,
  branch: number,
  documentId: string,
): Promise<LedgerEntry[]> {
  const { rows } = await sql<EntryRow>`
    select ${ENTRY}
    from ledger_txn t join ledger_entry e on e.branch_id = t.branch_id and e.txn_id = t.id
    where t.branch_id = ${branch} and t.document_id = ${documentId}
    order by t.id, e.no limit 1000`.execute(ctx.tx);
  return rows.map(entryOf);
}

function entryOf({ currency, minor, ...row }: EntryRow): LedgerEntry {
  return { ...row, amount: money(minor, currency) };
}
