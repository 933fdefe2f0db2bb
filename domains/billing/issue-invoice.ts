import type { Seller } from '#domains/sellers/index.ts';
import { post } from '#domains/ledger/index.ts';
import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { draftSeries, invoiceLines, numbered } from './draft-document.ts';
import type { Draft } from './draft-document.ts';
import { invoiceFactOf, invoiceIssued, invoicePaid } from './events.ts';
import type { Invoice } from './invoice.ts';
import { issueEntries } from './ledger-entries.ts';
import { sellerParty } from './party.ts';
import type { Buyer } from './party.ts';
import type { Quote } from './quote.ts';
import { insertInvoice, selectInvoiceByCause, takeNumber } from './store.ts';

export type InvoiceOrder = {
  /** The branch of the sale: the client's, for every level of its chain. */
  branch: number;
  /** Why, once: the same cause gives the same invoice. `order:ord_…`, `renewal:sub_…:2024-01-15`. */
  cause: string;
  quote: Quote;
  seller: Seller;
  buyer: Buyer;
  brandId: string | null;
  /** Id of the order it is for. */
  subject: string | null;
  /** What a person recognises it by: the domain name. */
  about: string | null;
  dueOn: Temporal.PlainDate;
  subscriptionId: string | null;
};

/**
 * Issues the invoice of a quote, line for line, and posts it, once per cause. What costs nothing is
 * paid at once. Announces `invoice.issued`.
 */
export async function issueInvoice(ctx: Ctx, order: InvoiceOrder): Promise<Invoice> {
  const earlier = await selectInvoiceByCause(ctx, order.branch, order.cause);
  if (earlier) return earlier;
  const lines = invoiceLines(order.quote, order.subscriptionId);
  if (lines.length === 0) throw new Error(`nothing is charged by ${order.cause}`);
  const draft = draftOf(ctx, order);
  const posted = await post(ctx, {
    branch: order.branch,
    kind: 'invoice',
    cause: `invoice:${order.cause}`,
    documentId: draft.id,
    entries: issueEntries(draft),
  });
  if (posted === 'already') return writtenMeanwhile(ctx, order);
  const no = await takeNumber(ctx, {
    sellerId: draft.sellerId,
    kind: 'invoice',
    year: draft.issuedOn.year,
  });
  const invoice = numbered(draft, no, lines);
  await insertInvoice(ctx, invoice, lines);
  const fact = { branch: invoice.branch, subject: invoice.id };
  const payload = invoiceFactOf(invoice);
  await ctx.announce(invoiceIssued, {
    ...fact,
    payload: { ...payload, dueOn: `${invoice.dueOn}` },
  });
  if (invoice.state === 'paid') await ctx.announce(invoicePaid, { ...fact, payload });
  return invoice;
}

function draftOf(ctx: Ctx, order: InvoiceOrder): Draft {
  const { quote, seller, buyer } = order;
  const issuedOn = localDate(ctx.now, seller.zone);
  return {
    id: ctx.newId('inv', order.branch),
    branch: order.branch,
    kind: 'invoice',
    series: draftSeries('invoice', issuedOn),
    sellerId: seller.id,
    buyerKind: buyer.kind,
    buyerId: buyer.id,
    brandId: order.brandId,
    currency: quote.currency,
    state: quote.totalMinor === 0n ? 'paid' : 'issued',
    issuedAt: ctx.now,
    issuedOn,
    dueOn: order.dueOn,
    netMinor: quote.netMinor,
    taxMinor: quote.taxMinor,
    totalMinor: quote.totalMinor,
    paidMinor: 0n,
    pricesIncludeTax: quote.tax.included,
    taxPlace: quote.tax.place,
    taxReason: quote.tax.reason,
    discountCode: quote.discountCode,
    seller: sellerParty(seller),
    buyer: buyer.details,
    cause: order.cause,
    subject: order.subject,
    about: order.about,
    correctsId: null,
    reason: null,
    language: buyer.language,
  };
}

/** Another transaction issued it while this one waited for the accounts. */
async function writtenMeanwhile(ctx: Ctx, order: InvoiceOrder): Promise<Invoice> {
  const invoice = await selectInvoiceByCause(ctx, order.branch, order.cause);
  if (!invoice) throw new Error(`${order.cause} is posted and has no invoice`);
  return invoice;
}
