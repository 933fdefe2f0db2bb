import { entriesOfDocument } from '#domains/ledger/index.ts';
import type { LedgerEntry } from '#domains/ledger/index.ts';
import { isId } from '#kit/id.ts';
import { money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';
import { moneyWire } from '#platform/http/wire.ts';
import { correctionsOf, findInvoice, linesOf } from './find-invoice.ts';
import { dueMinor, invoiceNumber } from './invoice.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';

/** Documents as the API shows them. */
export function invoiceWire(invoice: Invoice) {
  const amount = (minor: bigint) => moneyWire(money(minor, invoice.currency));
  return {
    id: invoice.id,
    number: invoiceNumber(invoice),
    kind: invoice.kind,
    state: invoice.state,
    about: invoice.about,
    orderId: isId(invoice.subject ?? '', 'ord') ? invoice.subject : null,
    isMerged: isId(invoice.subject ?? '', 'mrg'),
    issuedOn: invoice.issuedOn.toString(),
    issuedAt: invoice.issuedAt.toString(),
    dueOn: invoice.dueOn.toString(),
    net: amount(invoice.netMinor),
    tax: amount(invoice.taxMinor),
    total: amount(invoice.totalMinor),
    paid: amount(invoice.paidMinor),
    due: amount(dueMinor(invoice)),
  };
}

export function staffInvoiceWire(invoice: Invoice) {
  const { sellerId, buyerKind, buyerId } = invoice;
  return {
    ...invoiceWire(invoice),
    sellerId,
    sellerName: invoice.seller.name.ru,
    buyerKind,
    buyerId,
    buyerName: invoice.buyer.name.ru,
  };
}

export async function invoiceDetailWire(ctx: Ctx, invoice: Invoice) {
  const corrected = invoice.correctsId ? await findInvoice(ctx, invoice.correctsId) : null;
  const entries = await entriesOfDocument(ctx, { branch: invoice.branch, documentId: invoice.id });
  return {
    ...invoiceWire(invoice),
    seller: invoice.seller,
    buyer: invoice.buyer,
    pricesIncludeTax: invoice.pricesIncludeTax,
    taxReason: invoice.taxReason,
    discountCode: invoice.discountCode,
    reason: invoice.reason,
    corrects: corrected && relatedWire(corrected),
    corrections: (await correctionsOf(ctx, invoice)).map(relatedWire),
    lines: (await linesOf(ctx, invoice)).map((line) => lineWire(line, invoice.currency)),
    payments: paymentsIn(entries, invoice),
  };
}

function relatedWire(invoice: Invoice) {
  const { id, number, total, issuedOn } = invoiceWire(invoice);
  return { id, number, total, issuedOn };
}

function lineWire(line: InvoiceLine, currency: string) {
  const amount = (minor: bigint) => moneyWire(money(minor, currency));
  return {
    no: line.no,
    kind: line.kind,
    itemId: line.itemId,
    subscriptionId: line.subscriptionId,
    entitlementId: line.entitlementId,
    description: line.description,
    quantity: line.quantity,
    periodStart: line.period.start.toString(),
    periodEnd: line.period.end.toString(),
    lastDay: line.period.end.subtract({ days: 1 }).toString(),
    monthly: amount(line.monthlyMinor),
    termMonths: line.termMonths,
    term: amount(line.termMinor),
    basis: line.proration.basis,
    share: { part: Number(line.share.part), whole: Number(line.share.whole) },
    list: amount(line.listMinor),
    discount: amount(line.discountMinor),
    amount: amount(line.amountMinor),
    taxRateBp: line.taxRateBp,
    tax: amount(line.taxMinor),
    total: amount(line.totalMinor),
    refundable: line.refundable,
    correctsNo: line.correctsNo,
  };
}

/** What was counted towards the invoice: the entries that took money from somewhere for it. */
export function paymentsIn(entries: readonly LedgerEntry[], invoice: Invoice) {
  const payments = entries.filter((entry) => entry.kind === 'payment');
  const atOnce = entries.filter(
    (entry) => entry.kind === 'invoice' && entry.book === invoice.sellerId && isHeld(entry.code),
  );
  const later = payments
    .filter((entry) => entry.code.startsWith('receivable:') && entry.amount.minor < 0n)
    .map((paid) => {
      const source = payments.find(
        (entry) =>
          entry.txnId === paid.txnId && entry.book === invoice.sellerId && entry.amount.minor > 0n,
      );
      return {
        at: paid.at.toString(),
        amount: moneyWire(money(-paid.amount.minor, paid.amount.currency)),
        from: sourceName(source?.code ?? ''),
      };
    });
  return [
    ...atOnce.map(({ at, amount, code }) => ({
      at: at.toString(),
      amount: moneyWire(amount),
      from: sourceName(code),
    })),
    ...later,
  ];
}

/** An invoice that was paid as it was issued took its money from there. */
function isHeld(code: string): boolean {
  return code.startsWith('balance:') || code.startsWith('wallet:');
}

function sourceName(code: string): string {
  return code.startsWith('cash:') ? code.slice('cash:'.length) : (code.split(':')[0] ?? code);
}
