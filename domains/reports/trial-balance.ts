import { titlesOf } from '#domains/clients/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { invoiceNumber } from '#domains/billing/index.ts';
import { isId } from '#kit/id.ts';
import { money } from '#kit/money.ts';
import { pageOf } from '#kit/page.ts';
import type { Ctx } from '#platform/context.ts';
import { moneyWire } from '#platform/http/wire.ts';
import { bookOf, spanOf } from './book.ts';
import { entryCursor, selectAccounts, selectEntries, selectTrialBalance } from './ledger-store.ts';
import type { AccountEntry, Turnover } from './ledger-store.ts';

export type BookRange = { sellerId?: string | undefined; from: string; through: string };

/** By groups of accounts, with a total for each currency: its debits equal its credits. */
export async function trialBalance(ctx: Ctx, range: BookRange) {
  const seller = await bookOf(ctx, range.sellerId);
  const rows = await selectTrialBalance(ctx, seller.id, spanOf(seller, range));
  return {
    sellerId: seller.id,
    rows: rows.map((row) => ({ code: row.code, name: null, ...amountsOf(row) })),
    totals: totalsOf(rows).map(amountsOf),
  };
}

/** The accounts of one group, each with the name of whose it is. */
export async function accountsOf(
  ctx: Ctx,
  query: BookRange & { group: string; cursor?: string | undefined; limit: number },
) {
  const seller = await bookOf(ctx, query.sellerId);
  const found = await selectAccounts(ctx, seller.id, spanOf(seller, query), query);
  const page = pageOf(found, query.limit, ({ code, currency }) => `${code} ${currency}`);
  const names = await namesOf(ctx, page.items.map(holderOf));
  const items = page.items.map((row) => ({
    code: row.code,
    name: names.get(holderOf(row)) ?? null,
    ...amountsOf(row),
  }));
  return { items, next: page.next };
}

/** What moved on one account, newest first. */
export async function accountEntries(
  ctx: Ctx,
  query: BookRange & {
    code: string;
    currency: string;
    cursor?: string | undefined;
    limit: number;
  },
) {
  const seller = await bookOf(ctx, query.sellerId);
  const found = await selectEntries(ctx, seller.id, spanOf(seller, query), query);
  const page = pageOf(found, query.limit, entryCursor);
  return { items: page.items.map((entry) => entryWire(entry, query.currency)), next: page.next };
}

function entryWire(entry: AccountEntry, currency: string) {
  return {
    id: `${entry.txnId}-${entry.no}`,
    at: entry.at.toString(),
    kind: entry.kind,
    cause: entry.cause,
    documentId: entry.documentId,
    documentNumber: numberOf(entry),
    amount: moneyWire(money(entry.minor, currency)),
  };
}

/** As the document is named, when it is an invoice or a credit note. */
export function numberOf({
  series,
  number,
}: {
  series: string | null;
  number: number | null;
}): string | null {
  return series !== null && number !== null ? invoiceNumber({ series, no: number }) : null;
}

function amountsOf({ currency, openingMinor, debitMinor, creditMinor }: Omit<Turnover, 'code'>) {
  const amount = (minor: bigint) => moneyWire(money(minor, currency));
  return {
    opening: amount(openingMinor),
    debit: amount(debitMinor),
    credit: amount(creditMinor),
    closing: amount(openingMinor + debitMinor - creditMinor),
  };
}

function totalsOf(rows: readonly Turnover[]): Omit<Turnover, 'code'>[] {
  const totals = new Map<string, Omit<Turnover, 'code'>>();
  for (const row of rows) {
    const total = totals.get(row.currency);
    totals.set(row.currency, {
      currency: row.currency,
      openingMinor: (total?.openingMinor ?? 0n) + row.openingMinor,
      debitMinor: (total?.debitMinor ?? 0n) + row.debitMinor,
      creditMinor: (total?.creditMinor ?? 0n) + row.creditMinor,
    });
  }
  return [...totals.values()];
}

function holderOf({ code }: Pick<Turnover, 'code'>): string {
  return code.slice(code.indexOf(':') + 1);
}

async function namesOf(ctx: Ctx, holders: readonly string[]): Promise<Map<string, string>> {
  const clients = await titlesOf(
    ctx,
    holders.filter((id) => isId(id, 'cli')),
  );
  const names = new Map(
    clients.map(({ id, kind, name, company }) => [
      id,
      kind === 'company' && company ? company : name,
    ]),
  );
  for (const id of new Set(holders.filter((holder) => isId(holder, 'sel')))) {
    const seller = await findSeller(ctx, id);
    if (seller) names.set(id, seller.name);
  }
  return names;
}
