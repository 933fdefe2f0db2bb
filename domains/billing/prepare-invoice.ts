import type { Seller } from '#domains/sellers/index.ts';
import { movementOf } from '#domains/ledger/index.ts';
import type { Movement, PostingEntry } from '#domains/ledger/index.ts';
import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { draftSeries, invoiceLines } from './draft-document.ts';
import type { Draft } from './draft-document.ts';
import type { InvoiceLine } from './invoice.ts';
import { issueEntries, paidIssueEntries } from './ledger-entries.ts';
import { sellerParty } from './party.ts';
import type { Buyer } from './party.ts';
import type { Quote } from './quote.ts';

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

/** An invoice with everything but its number, and what issuing it posts. */
export type PreparedInvoice = { draft: Draft; lines: readonly InvoiceLine[]; issuing: Movement };

/** The invoice of a quote, line for line. What costs nothing is paid from the start. */
export function prepareInvoice(
  ctx: Pick<Ctx, 'now' | 'newId'>,
  order: InvoiceOrder,
): PreparedInvoice {
  const lines = invoiceLines(order.quote, order.subscriptionId);
  if (lines.length === 0) throw new Error(`nothing is charged by ${order.cause}`);
  const draft = draftOf(ctx, order);
  return { draft, lines, issuing: issuingOf(draft, issueEntries(draft)) };
}

function issuingOf(draft: Draft, entries: readonly PostingEntry[]): Movement {
  return movementOf({
    branch: draft.branch,
    kind: 'invoice',
    cause: `invoice:${draft.cause}`,
    documentId: draft.id,
    entries,
  });
}

/**
 * The same invoice paid as it is issued, from what is held for its buyer: one movement for both.
 * `beside`: entries of other books that belong to it.
 */
export function paidAtOnce(
  { draft, lines }: PreparedInvoice,
  beside: readonly PostingEntry[] = [],
): PreparedInvoice {
  const issuing = issuingOf(draft, [...paidIssueEntries(draft), ...beside]);
  return { draft: { ...draft, state: 'paid', paidMinor: draft.totalMinor }, lines, issuing };
}

function draftOf(ctx: Pick<Ctx, 'now' | 'newId'>, order: InvoiceOrder): Draft {
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
