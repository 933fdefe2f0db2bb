import { sql } from 'kysely';
import { money } from '#kit/money.ts';
import type { Money } from '#kit/money.ts';
import { pageOf } from '#kit/page.ts';
import type { Page } from '#kit/page.ts';
import type { Ctx } from '#platform/context.ts';
import { ceilingAtOpening } from './account-code.ts';
import type { AccountDelta, AccountKey, Posting, PostingEntry } from './posting.ts';

export type LockedAccount = AccountKey & { balanceMinor: bigint; ceilingMinor: bigint | null };

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

/** Opens the accounts that do not exist yet and locks all of them, in the order given. */
export async function lockAccounts(
  ctx: Ctx,
  branch: number,
  keys: readonly AccountKey[],
): Promise<LockedAccount[]> {
  if (keys.length === 0) return [];
  const locked = await selectForUpdate(ctx, branch, keys);
  if (locked.length === keys.length) return locked;
  const ceilings = keys.map(({ code }) => ceilingAtOpening(code)?.toString() ?? null);
  await sql`
    insert into ledger_account (branch_id, book, code, currency, ceiling_minor)
    select ${branch}, k.book, k.code, k.currency, k.ceiling
    from unnest(${keys.map((key) => key.book)}::text[], ${keys.map((key) => key.code)}::text[],
      ${keys.map((key) => key.currency)}::text[], ${ceilings}::bigint[])
      as k (book, code, currency, ceiling)
    order by k.book collate "C", k.code collate "C", k.currency collate "C"
    on conflict do nothing`.execute(ctx.tx);
  return selectForUpdate(ctx, branch, keys);
}

async function selectForUpdate(
  ctx: Ctx,
  branch: number,
  keys: readonly AccountKey[],
): Promise<LockedAccount[]> {
  const { rows } = await sql<LockedAccount>`
    select a.book, a.code, a.currency,
      a.balance_minor as "balanceMinor", a.ceiling_minor as "ceilingMinor"
    from ledger_account a
    join unnest(${keys.map((key) => key.book)}::text[], ${keys.map((key) => key.code)}::text[],
      ${keys.map((key) => key.currency)}::text[]) as k (book, code, currency)
      on a.book = k.book and a.code = k.code and a.currency = k.currency
    where a.branch_id = ${branch}
    order by a.book, a.code, a.currency
    for update of a`.execute(ctx.tx);
  return rows;
}

export async function isPosted(ctx: Ctx, branch: number, cause: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from ledger_txn where branch_id = ${branch} and cause = ${cause}`.execute(ctx.tx);
  return rows.length > 0;
}

/** False when another transaction has posted the cause in the meantime. */
export async function insertTxn(ctx: Ctx, id: string, posting: Posting): Promise<boolean> {
  const { rows } = await sql`
    insert into ledger_txn (branch_id, id, kind, cause, document_id, at)
    values (${posting.branch}, ${id}, ${posting.kind}, ${posting.cause},
      ${posting.documentId ?? null}, ${ctx.now})
    on conflict (branch_id, cause) do nothing returning 1`.execute(ctx.tx);
  return rows.length > 0;
}

export async function insertEntries(
  ctx: Ctx,
  branch: number,
  txnId: string,
  entries: readonly PostingEntry[],
): Promise<void> {
  await sql`
    insert into ledger_entry (branch_id, txn_id, no, book, code, currency, amount_minor)
    select ${branch}, ${txnId}, e.no, e.book, e.code, e.currency, e.amount
    from unnest(${entries.map((entry) => entry.book)}::text[],
      ${entries.map((entry) => entry.code)}::text[],
      ${entries.map((entry) => entry.amount.currency)}::text[],
      ${entries.map((entry) => entry.amount.minor.toString())}::bigint[])
      with ordinality as e (book, code, currency, amount, no)`.execute(ctx.tx);
}

export async function addToBalances(
  ctx: Ctx,
  branch: number,
  deltas: readonly AccountDelta[],
): Promise<void> {
  await sql`
    update ledger_account a set balance_minor = a.balance_minor + d.minor
    from unnest(${deltas.map((delta) => delta.book)}::text[],
      ${deltas.map((delta) => delta.code)}::text[],
      ${deltas.map((delta) => delta.currency)}::text[],
      ${deltas.map((delta) => delta.minor.toString())}::bigint[]) as d (book, code, currency, minor)
    where a.branch_id = ${branch} and a.book = d.book and a.code = d.code
      and a.currency = d.currency`.execute(ctx.tx);
}

/** Balance and ceiling of one account; null when nothing has ever touched it. */
export async function selectAccount(
  ctx: Ctx,
  branch: number,
  { book, code, currency }: AccountKey,
): Promise<{ balanceMinor: bigint; ceilingMinor: bigint | null } | null> {
  const { rows } = await sql<{ balanceMinor: bigint; ceilingMinor: bigint | null }>`
    select balance_minor as "balanceMinor", ceiling_minor as "ceilingMinor" from ledger_account
    where branch_id = ${branch} and book = ${book} and code = ${code} and currency = ${currency}
  `.execute(ctx.tx);
  return rows[0] ?? null;
}

export async function upsertCeiling(
  ctx: Ctx,
  branch: number,
  { book, code, currency }: AccountKey,
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
  branch: number,
  { book, code, currency }: AccountKey,
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
