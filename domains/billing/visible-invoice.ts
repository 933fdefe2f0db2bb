import { findSeller, isWithin } from '#domains/sellers/index.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { findInvoice } from './find-invoice.ts';
import type { Invoice } from './invoice.ts';

/** The actor's own document; anybody else's is `invoice-not-found`. */
export async function invoiceOfClient(ctx: Ctx, id: string): Promise<Invoice> {
  const invoice = await findInvoice(ctx, id);
  if (ctx.actor.kind !== 'client' || invoice?.buyerId !== ctx.actor.clientId) {
    refuse('invoice-not-found');
  }
  return invoice;
}

/**
 * A document that the staff's seller or one below it issued; with `bought`, also one that was
 * issued to that seller itself, which it may read and not change.
 */
export async function invoiceOfStaff(
  ctx: Ctx,
  id: string,
  also: 'bought' | null = null,
): Promise<Invoice> {
  const invoice = await findInvoice(ctx, id);
  if (!invoice || ctx.actor.kind !== 'staff') refuse('invoice-not-found');
  const seller = await findSeller(ctx, invoice.sellerId);
  if (seller && isWithin(seller, ctx.actor.sellerId)) return invoice;
  if (also === 'bought' && invoice.buyerId === ctx.actor.sellerId) return invoice;
  return refuse('invoice-not-found');
}
