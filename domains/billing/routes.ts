import { entriesOfDocument, moneyHeld } from '#domains/ledger/index.ts';
import { money } from '#kit/money.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { serve } from '#platform/http/serve.ts';
import { moneyWire } from '#platform/http/wire.ts';
import { billingContract } from './contract.ts';
import { creditableLines, creditInvoice, fullRefundUntil } from './credit-invoice.ts';
import type { Invoice } from './invoice.ts';
import { invoiceDetailWire, invoiceWire, staffInvoiceWire } from './invoice-wire.ts';
import { heldCode } from './ledger-entries.ts';
import { invoicesOf, listInvoices } from './list-invoices.ts';
import { payFromBalance } from './pay-from-balance.ts';
import { documentSource, invoicePdf } from './pdf/invoice-pdf.ts';
import { refundPdf } from './pdf/refund-pdf.ts';
import { refundNoteOfClient, refundNoteOfStaff } from './issue-refund-note.ts';
import { issueByHand } from './issue-by-hand.ts';
import { selectWriteOff } from './store.ts';
import { invoiceOfClient, invoiceOfStaff } from './visible-invoice.ts';
import { writeOffInvoice } from './write-off-invoice.ts';
import { voidInvoice } from './void-invoice.ts';

export const billingRoutes = serve(billingContract, {
  invoices: {
    list: async (ctx, query) => {
      const { actor } = ctx;
      if (actor.kind !== 'client') refuse('not-allowed');
      const client = { id: actor.clientId, branch: actor.branch };
      const page = await invoicesOf(ctx, client, query);
      return { items: page.items.map(invoiceWire), next: page.next };
    },
    get: async (ctx, { id }) => {
      const invoice = await invoiceOfClient(ctx, id);
      return {
        ...(await invoiceDetailWire(ctx, invoice)),
        balance: await balanceWire(ctx, invoice),
      };
    },
    pdf: {
      outside: (outside, { id, language }) =>
        pdfOf(outside, language, (ctx) => invoiceOfClient(ctx, id)),
    },
    payManyFromBalance: async (ctx, { ids }) => {
      // Held in one order, so that two such calls do not wait for each other.
      const own = [...new Set(ids)].toSorted();
      for (const id of own) await invoiceOfClient(ctx, id);
      const items = [];
      for (const id of own) items.push(invoiceWire(await payFromBalance(ctx, id)));
      return { items };
    },
    payFromBalance: async (ctx, { id }) => {
      const invoice = await invoiceOfClient(ctx, id);
      return invoiceWire(await payFromBalance(ctx, invoice.id));
    },
  },
  adminInvoices: {
    list: async (ctx, query) => {
      const page = await listInvoices(ctx, query);
      return { items: page.items.map(staffInvoiceWire), next: page.next };
    },
    get: async (ctx, { id }) => staffDetail(ctx, await invoiceOfStaff(ctx, id, 'bought')),
    pdf: {
      outside: (outside, { id, language }) =>
        pdfOf(outside, language, (ctx) => invoiceOfStaff(ctx, id, 'bought')),
    },
    entries: async (ctx, { id }) => {
      const invoice = await invoiceOfStaff(ctx, id);
      const entries = await entriesOfDocument(ctx, { branch: invoice.branch, documentId: id });
      return entries.map(({ txnId, kind, cause, at, book, code, amount }) => ({
        txnId,
        kind,
        cause,
        at: at.toString(),
        book,
        code,
        amount: moneyWire(amount),
      }));
    },
    void: async (ctx, { id, reason }) => {
      const invoice = await invoiceOfStaff(ctx, id);
      return staffInvoiceWire(await voidInvoice(ctx, { invoiceId: invoice.id, reason }));
    },
    writeOff: async (ctx, { id, reason }) => {
      const invoice = await invoiceOfStaff(ctx, id);
      return staffInvoiceWire(await writeOffInvoice(ctx, { invoiceId: invoice.id, reason }));
    },
    issue: async (ctx, { lines, ...order }) => {
      const priced = lines.map(({ priceMinor, ...line }) => ({
        ...line,
        priceMinor: BigInt(priceMinor),
      }));
      return staffInvoiceWire(
        await issueByHand(ctx, { ...order, lines: priced, key: ctx.requestId }),
      );
    },
    credit: async (ctx, { id, ...credit }) => {
      const invoice = await invoiceOfStaff(ctx, id);
      return staffInvoiceWire(await creditInvoice(ctx, invoice, credit));
    },
  },
  refundNotes: {
    pdf: {
      outside: async (outside, { id, language }) =>
        refundPdf(await outside.transact((ctx) => refundNoteOfClient(ctx, id)), language),
    },
    staffPdf: {
      outside: async (outside, { id, language }) =>
        refundPdf(await outside.transact((ctx) => refundNoteOfStaff(ctx, id)), language),
    },
  },
});

async function staffDetail(ctx: Ctx, invoice: Invoice) {
  const amount = (minor: bigint) => moneyWire(money(minor, invoice.currency));
  const writeOff = await selectWriteOff(ctx, invoice);
  const creditable = await creditableLines(ctx, invoice);
  return {
    ...(await invoiceDetailWire(ctx, invoice)),
    ...staffInvoiceWire(invoice),
    cause: invoice.cause,
    contentHash: invoice.contentHash,
    writeOff: writeOff && {
      at: writeOff.at.toString(),
      amount: amount(writeOff.minor),
      reason: writeOff.reason,
    },
    creditable: creditable.map(({ no, unusedMinor, leftMinor }) => ({
      no,
      unused: amount(unusedMinor),
      left: amount(leftMinor),
    })),
    fullRefundUntil: (await fullRefundUntil(ctx, invoice))?.toString() ?? null,
  };
}

async function balanceWire(ctx: Ctx, invoice: Invoice) {
  const { branch, sellerId, currency } = invoice;
  return moneyWire(
    await moneyHeld(ctx, { branch, book: sellerId, code: heldCode(invoice), currency }),
  );
}

/** The document is read in a short transaction; laying it out holds no connection. */
async function pdfOf(
  outside: Outside,
  language: 'ru' | 'en' | undefined,
  find: (ctx: Ctx) => Promise<Invoice>,
): Promise<File> {
  const source = await outside.transact(async (ctx) => documentSource(ctx, await find(ctx)));
  return invoicePdf(source, language);
}
