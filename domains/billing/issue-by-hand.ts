import { findBrand } from '#domains/brands/index.ts';
import { findClient, taxStandingOf } from '#domains/clients/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { findSeller, isWithin } from '#domains/sellers/index.ts';
import { taxFor } from '#domains/tax/index.ts';
import { refuse } from '#kit/refusal.ts';
import { isBefore, localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { invoiceFactOf, invoiceMadeByHand } from './events.ts';
import type { Invoice } from './invoice.ts';
import { issueInvoice } from './issue-invoice.ts';
import { clientAsBuyer } from './party.ts';
import { quoteFreeLines } from './quote-free-lines.ts';

export type HandInvoice = {
  clientId: string;
  lines: readonly {
    description: string;
    quantity: number;
    priceMinor: bigint;
    /** The first and the last day it is for; both default to today. */
    from?: string | undefined;
    through?: string | undefined;
  }[];
  /** The local day it is to be paid by. */
  dueOn: string;
  /** Why there is this invoice; goes on record. */
  reason: string;
  key: string;
};

/**
 * An invoice of free lines, made by staff for a client of theirs; taxed as any sale of that day.
 * Once per key. Refuses `client-not-found`, `period-invalid`, `due-date-invalid`.
 */
export async function issueByHand(ctx: Ctx, order: HandInvoice): Promise<Invoice> {
  const client = await clientOfStaff(ctx, order.clientId);
  const brand = await findBrand(ctx, client.brandId);
  const seller = await findSeller(ctx, client.sellerId);
  if (!brand || !seller) throw new Error(`client ${client.id} has no seller`);
  const on = localDate(ctx.now, seller.zone);
  const dueOn = Temporal.PlainDate.from(order.dueOn);
  if (isBefore(dueOn, on)) refuse('due-date-invalid', { field: 'dueOn' });
  const tax = await taxFor(ctx, {
    sellerCountry: seller.country,
    buyerCountry: client.country,
    standing: taxStandingOf(client),
    on,
  });
  const lines = order.lines.map(({ description, quantity, priceMinor, from, through }, index) => {
    const start = from ? Temporal.PlainDate.from(from) : on;
    const end = (through ? Temporal.PlainDate.from(through) : start).add({ days: 1 });
    if (!isBefore(start, end)) refuse('period-invalid', { field: `lines.${index}.through` });
    return {
      kind: 'manual' as const,
      description: { ru: description, en: description },
      quantity,
      priceMinor,
      period: { start, end },
      refundable: true,
    };
  });
  const invoice = await issueInvoice(ctx, {
    branch: client.branch,
    cause: `by-hand:${order.key}`,
    quote: quoteFreeLines(client.currency, lines, { ...tax, included: brand.pricesIncludeTax }),
    seller,
    buyer: clientAsBuyer(client),
    brandId: brand.id,
    subject: null,
    about: null,
    dueOn,
    subscriptionId: null,
  });
  await ctx.announce(invoiceMadeByHand, {
    branch: invoice.branch,
    subject: invoice.id,
    payload: { ...invoiceFactOf(invoice), dueOn: invoice.dueOn.toString() },
  });
  return invoice;
}

/** A client of the staff's seller or of one below it; another's does not exist for them. */
async function clientOfStaff(ctx: Ctx, id: string): Promise<Client> {
  const client = await findClient(ctx, id);
  const seller = client && (await findSeller(ctx, client.sellerId));
  if (ctx.actor.kind !== 'staff' || !seller || !isWithin(seller, ctx.actor.sellerId)) {
    refuse('client-not-found', { field: 'clientId' });
  }
  return client;
}
