import { isId } from '#kit/id.ts';
import { money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';
import { moneyWire } from '#platform/http/wire.ts';
import { findInvoice, invoiceNumber } from '#domains/billing/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { balanceCode, entriesOf, moneyHeld } from '#domains/ledger/index.ts';
import type { LedgerAccount } from '#domains/ledger/index.ts';

type Holder = Pick<Client, 'id' | 'branch' | 'sellerId' | 'currency'>;

/** Where a client's own money stands in its seller's book. */
export function balanceAccount(client: Holder): LedgerAccount {
  return {
    branch: client.branch,
    book: client.sellerId,
    code: balanceCode(client.id),
    currency: client.currency,
  };
}

/** What came onto a client's balance and left it, newest first, each with its document. */
export async function statementOf(
  ctx: Ctx,
  client: Holder,
  page: { cursor?: string | undefined; limit: number },
) {
  const account = balanceAccount(client);
  const entries = await entriesOf(ctx, account, page);
  const items = [];
  for (const entry of entries.items) {
    items.push({
      id: `${entry.txnId}-${entry.no}`,
      at: entry.at.toString(),
      kind: entry.kind,
      documentId: entry.documentId,
      documentNumber: await numberOf(ctx, entry.documentId),
      // The account is what we owe, so money that came in stands there below zero.
      amount: moneyWire(money(-entry.amount.minor, entry.amount.currency)),
    });
  }
  return { held: moneyWire(await moneyHeld(ctx, account)), items, next: entries.next };
}

async function numberOf(ctx: Ctx, documentId: string | null): Promise<string | null> {
  if (!documentId || !(isId(documentId, 'inv') || isId(documentId, 'crn'))) return null;
  const document = await findInvoice(ctx, documentId);
  return document && invoiceNumber(document);
}
