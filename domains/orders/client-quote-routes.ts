import { money } from '#kit/money.ts';
import { Refusal } from '#kit/refusal.ts';
import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import type { Handlers } from '#platform/http/serve.ts';
import { moneyWire } from '#platform/http/wire.ts';
import { clientOf } from '#domains/clients/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { domainTitle } from '#domains/subscriptions/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { quoteNumber, standingOf } from './client-quote.ts';
import type { ClientQuote } from './client-quote.ts';
import type { ClientQuoteView, clientQuoteOperations } from './client-quote-contract.ts';
import { selectQuotesOf } from './client-quote-store.ts';
import { acceptQuote, clientOfStaff, makeClientQuote, withdrawQuote } from './make-client-quote.ts';
import { readCart } from './read-cart.ts';
import { viewQuote } from './view-quote.ts';

export const clientQuoteRoutes: Handlers<typeof clientQuoteOperations> = {
  quotes: async (ctx) => {
    const client = await clientOf(ctx);
    const items = [];
    for (const quote of await selectQuotesOf(ctx, client)) {
      const view = await quoteView(ctx, quote);
      items.push({ ...view, quote: await pricedNow(ctx, client, { quote, view }) });
    }
    return { items };
  },
  acceptQuote: async (ctx, input) => {
    const taken = await acceptQuote(ctx, await clientOf(ctx), input);
    return 'orderId' in taken
      ? { orderId: taken.orderId, invoiceId: null }
      : { orderId: taken.id, invoiceId: taken.invoiceId };
  },
  quotesOfClient: async (ctx, { clientId }) => {
    const items = [];
    for (const quote of await selectQuotesOf(ctx, await clientOfStaff(ctx, clientId))) {
      items.push(await quoteView(ctx, quote));
    }
    return { items };
  },
  makeQuote: async (ctx, { agreedMinor, ...offer }) => {
    const agreed = agreedMinor === undefined ? undefined : BigInt(agreedMinor);
    return quoteView(ctx, await makeClientQuote(ctx, { ...offer, agreedMinor: agreed }));
  },
  withdrawQuote: async (ctx, { id }) => quoteView(ctx, await withdrawQuote(ctx, id)),
};

/** An open offer as it would be charged now; null when what it offers is no longer sold. */
async function pricedNow(
  ctx: Ctx,
  client: Client,
  { quote, view }: { quote: ClientQuote; view: ClientQuoteView },
) {
  if (view.standing !== 'open') return null;
  try {
    return viewQuote((await readCart(ctx, quote.brandId, quote.cart, client, quote)).quote);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

async function quoteView(ctx: Ctx, quote: ClientQuote): Promise<ClientQuoteView> {
  const seller = await findSeller(ctx, quote.sellerId);
  return {
    id: quote.id,
    number: quoteNumber(quote.id),
    clientId: quote.clientId,
    title: quote.title,
    domainTitle: domainTitle(quote.cart.domainName),
    termMonths: quote.cart.termMonths,
    agreed: moneyWire(money(quote.agreedMinor, quote.currency)),
    validUntil: quote.validUntil.toString(),
    note: quote.note,
    standing: standingOf(quote, localDate(ctx.now, seller?.zone ?? 'UTC')),
    orderId: quote.orderId,
    createdAt: quote.createdAt.toString(),
  };
}
