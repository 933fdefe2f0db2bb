import { branchOf, isId } from '#kit/id.ts';
import { refuse } from '#kit/refusal.ts';
import { isBefore, localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { findClient } from '#domains/clients/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { sendMail } from '#domains/messages/index.ts';
import { findSeller, isWithin } from '#domains/sellers/index.ts';
import { listMinor, quoteNumber } from './client-quote.ts';
import type { ClientQuote, OfferedCart } from './client-quote.ts';
import { closeQuote, insertQuote, lockQuote } from './client-quote-store.ts';
import { mailTo } from './mail-client.ts';
import { orderCart } from './place-order.ts';
import type { Order } from './order.ts';
import { readCart } from './read-cart.ts';

export type QuoteOffer = {
  clientId: string;
  cart: OfferedCart;
  /** At most this is charged for the lines; without it, what the list says today. */
  agreedMinor?: bigint | undefined;
  validUntil: string;
  note?: string | undefined;
};

/**
 * Offers a client a package at an agreed price until a day, and writes to them. Refuses
 * `client-not-found`, `valid-until-invalid`, `domain-name-missing`, and what `readCart` says.
 */
export async function makeClientQuote(ctx: Ctx, offer: QuoteOffer): Promise<ClientQuote> {
  const client = await clientOfStaff(ctx, offer.clientId);
  const { sale, quote, domainName } = await readCart(ctx, client.brandId, offer.cart, client);
  if (!domainName) refuse('domain-name-missing', { field: 'domainName' });
  const validUntil = Temporal.PlainDate.from(offer.validUntil);
  if (isBefore(validUntil, sale.on)) refuse('valid-until-invalid', { field: 'validUntil' });
  const made: ClientQuote = {
    id: ctx.newId('quo', client.branch),
    branch: client.branch,
    brandId: client.brandId,
    sellerId: client.sellerId,
    clientId: client.id,
    cart: { ...offer.cart, domainName },
    title: quote.lines[0]?.description ?? { ru: offer.cart.planId, en: offer.cart.planId },
    agreedMinor: offer.agreedMinor ?? listMinor(quote),
    currency: quote.currency,
    validUntil,
    note: offer.note ?? null,
    state: 'open',
    orderId: null,
    createdAt: ctx.now,
    closedAt: null,
  };
  await insertQuote(ctx, made);
  const mail = mailTo(
    { client, brand: sale.brand, subscription: { domainName } },
    ({ t, date, domain, button }) => {
      const values = { number: quoteNumber(made.id), domain, date: date(validUntil) };
      return {
        template: 'orders.quote',
        subject: t('mail.quote.subject', values),
        blocks: [
          { kind: 'heading', text: t('mail.quote.heading', values) },
          { kind: 'text', text: t('mail.quote.what', values) },
          button(t('mail.quote.open'), '/account/quotes'),
        ],
      };
    },
  );
  await sendMail(ctx, mail);
  return made;
}

/**
 * The client takes the offer: an order at the agreed price, or at the list's if that is lower by
 * now. Accepting twice gives the same order. Refuses `quote-not-found`, `quote-withdrawn`,
 * `quote-expired`, `price-changed`, and what `placeOrder` says.
 */
export async function acceptQuote(
  ctx: Ctx,
  client: Client,
  { id, expectedTotalMinor }: { id: string; expectedTotalMinor: number },
): Promise<Order | { orderId: string }> {
  const quote = await lockQuote(ctx, id);
  if (quote?.clientId !== client.id) refuse('quote-not-found', { field: 'id' });
  if (quote.state === 'accepted') return { orderId: quote.orderId ?? '' };
  if (quote.state === 'withdrawn') refuse('quote-withdrawn');
  const seller = await findSeller(ctx, quote.sellerId);
  const today = localDate(ctx.now, seller?.zone ?? 'UTC');
  if (isBefore(quote.validUntil, today)) refuse('quote-expired');
  const cart = await readCart(ctx, quote.brandId, quote.cart, client, quote);
  const order = await orderCart(ctx, client, cart, { expectedTotalMinor, autoRenew: true });
  await closeQuote(ctx, quote, { state: 'accepted', orderId: order.id });
  return order;
}

/** Takes an open offer back; doing it again changes nothing. */
export async function withdrawQuote(ctx: Ctx, id: string): Promise<ClientQuote> {
  const quote = isId(id, 'quo') ? await lockQuote(ctx, id) : null;
  if (!quote || !(await isOfStaff(ctx, quote.sellerId))) refuse('quote-not-found', { field: 'id' });
  if (quote.state === 'accepted') refuse('quote-accepted');
  if (quote.state === 'open') await closeQuote(ctx, quote, { state: 'withdrawn', orderId: null });
  return { ...quote, state: 'withdrawn' };
}

/** A client of the staff's seller or of one below it; another's does not exist for them. */
export async function clientOfStaff(ctx: Ctx, id: string): Promise<Client> {
  const client = await findClient(ctx, id);
  if (!client || client.branch !== branchOf(id) || !(await isOfStaff(ctx, client.sellerId))) {
    refuse('client-not-found', { field: 'clientId' });
  }
  return client;
}

async function isOfStaff(ctx: Ctx, sellerId: string): Promise<boolean> {
  const seller = ctx.actor.kind === 'staff' ? await findSeller(ctx, sellerId) : null;
  return seller !== null && ctx.actor.kind === 'staff' && isWithin(seller, ctx.actor.sellerId);
}
