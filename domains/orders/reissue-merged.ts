import { isBefore, localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import {
  clientAsBuyer,
  findInvoice,
  issueInvoice,
  keptLines,
  linesOf,
  linesOfPackage,
  quoteOfLines,
} from '#domains/billing/index.ts';
import type { Invoice, InvoiceOrder, QuoteLine, QuoteTax } from '#domains/billing/index.ts';
import { findClient } from '#domains/clients/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { domainTitle } from '#domains/subscriptions/index.ts';
import { aboutOrder, orderRevised } from './events.ts';
import { selectMerged } from './merged-store.ts';
import type { RenewalOffer } from './offer-renewal.ts';
import type { Order } from './order.ts';
import { updateOrder } from './store.ts';

/** An order's share of a merged invoice. */
export type MergedPart = {
  order: Pick<Order, 'subscriptionId' | 'domainName' | 'periodStart'>;
  lines: readonly QuoteLine[];
};

export type MergedDocument = {
  mergedId: string;
  /** How often it was issued before. */
  revision: number;
  parts: readonly MergedPart[];
  seller: Seller;
  client: Client;
  brandId: string;
  currency: string;
  tax: QuoteTax;
};

/** An order's lines as they stand on a merged invoice: each with its package's name. */
export function linesOfOrder(
  { subscriptionId, domainName }: Pick<Order, 'subscriptionId' | 'domainName'>,
  quote: RenewalOffer['quote'],
): QuoteLine[] {
  return linesOfPackage(quote, { subscriptionId, domain: domainTitle(domainName) });
}

/** The invoice for all parts: due with the first of the periods it pays for. */
export function mergedInvoice(now: Temporal.Instant, document: MergedDocument): InvoiceOrder {
  const { mergedId, revision, parts, seller, client, currency, tax } = document;
  const lines = parts.flatMap((part) => part.lines);
  const on = localDate(now, seller.zone);
  const starts = parts.flatMap(({ order }) => order.periodStart ?? []);
  const first = starts.toSorted(Temporal.PlainDate.compare)[0] ?? on;
  return {
    branch: client.branch,
    cause: `merged:${mergedId}:${revision}`,
    quote: quoteOfLines({ currency, tax, lines, discountCode: null }),
    seller,
    buyer: clientAsBuyer(client),
    brandId: document.brandId,
    subject: mergedId,
    about: parts.map(({ order }) => order.domainName).join(', '),
    dueOn: isBefore(first, on) ? on : first,
    subscriptionId: null,
  };
}

/**
 * Issues a merged invoice anew because one of its orders is for something else now (`offer`), or
 * leaves it (null). The caller has taken the old one back. The other packages keep their lines as
 * they were: what was quoted is what is charged. Null when nothing is left to be invoiced.
 */
export async function reissueMerged(
  ctx: Ctx,
  order: Order,
  offer: RenewalOffer | null,
): Promise<{ invoice: Invoice; revision: number } | null> {
  const { mergedId } = order;
  const old = order.invoiceId ? await findInvoice(ctx, order.invoiceId) : null;
  if (!mergedId || !old) throw new Error(`${order.id} is on no merged invoice`);
  const orders = await selectMerged(ctx, mergedId, 'lock');
  const others = orders.filter(({ id, invoiceId }) => id !== order.id && invoiceId === old.id);
  const before = Map.groupBy(await linesOf(ctx, old), ({ subscriptionId }) => subscriptionId);
  const parts: MergedPart[] = others.map((one) => ({
    order: one,
    lines: keptLines(before.get(one.subscriptionId) ?? []),
  }));
  if (offer) parts.push({ order, lines: linesOfOrder(order, offer.quote) });
  if (parts.length === 0) return null;
  const revision = Math.max(...orders.map((one) => one.revision)) + 1;
  const { brandId, currency } = order;
  const whose = { ...(await partiesOf(ctx, order)), brandId, currency };
  const invoice = await issueInvoice(
    ctx,
    mergedInvoice(ctx.now, { mergedId, revision, parts, tax: taxOf(old, parts), ...whose }),
  );
  for (const one of others) {
    const moved: Order = { ...one, revision, invoiceId: invoice.id };
    await updateOrder(ctx, moved);
    await ctx.announce(orderRevised, aboutOrder(moved, {}));
  }
  return { invoice, revision };
}

async function partiesOf(ctx: Ctx, order: Order) {
  const seller = await findSeller(ctx, order.sellerId);
  const client = await findClient(ctx, order.clientId);
  if (!seller || !client) throw new Error(`the parties of ${order.id} are gone`);
  return { seller, client };
}

/** By what the document was taxed; one that is taxed otherwise now has no place on it. */
function taxOf(old: Invoice, parts: readonly MergedPart[]): QuoteTax {
  return {
    place: old.taxPlace,
    reason: old.taxReason,
    rateBp: parts[0]?.lines[0]?.taxRateBp ?? 0,
    included: old.pricesIncludeTax,
  };
}

/** Whether a package's renewal is taxed as the document that it stands on is. */
export async function isTaxedAlike(ctx: Ctx, order: Order, offer: RenewalOffer): Promise<boolean> {
  const old = order.invoiceId ? await findInvoice(ctx, order.invoiceId) : null;
  const { place, reason, included, rateBp } = offer.quote.tax;
  if (old?.taxPlace !== place || old.taxReason !== reason) return false;
  const lines = await linesOf(ctx, old);
  return old.pricesIncludeTax === included && lines.every((line) => line.taxRateBp === rateBp);
}
