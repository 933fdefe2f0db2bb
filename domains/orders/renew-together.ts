import { Refusal } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { decideSales, invoiceNumber, quoteOfLines, saveSales } from '#domains/billing/index.ts';
import type { Invoice } from '#domains/billing/index.ts';
import { findBrand } from '#domains/brands/index.ts';
import { sendMail } from '#domains/messages/index.ts';
import {
  findSubscription,
  isLive,
  lockDueOfClient,
  selectInCompany,
} from '#domains/subscriptions/index.ts';
import type { LiveSubscription } from '#domains/subscriptions/index.ts';
import { cancelAddOnsOfPast } from './cancel-add-ons.ts';
import { chargeLegs } from './charge-legs.ts';
import { chargedCard } from './charged-card.ts';
import { loadRenewals } from './load-renewals.ts';
import { mailTo } from './mail-client.ts';
import { mergedInvoiceLetter } from './merged-letters.ts';
import type { RenewalFacts } from './offer-renewal.ts';
import { orderOf } from './place-order.ts';
import { linesOfOrder, mergedInvoice } from './reissue-merged.ts';
import {
  decide,
  offerAgain,
  renewalOf,
  renewMany,
  saveRefused,
  saveRenewals,
} from './renew-many.ts';
import type { Decided, Renewal } from './renew-many.ts';
import { openRenewal } from './renew-subscription.ts';
import { selectOrdered } from './store.ts';

/**
 * The packages whose step is due now together with that of the given one, all of them held: those
 * of the same client, brand and currency. Null where the brand does not merge renewals, or the
 * package goes alone: its step was done meanwhile, or it was ordered by hand.
 */
export async function takeTogether(
  ctx: Ctx,
  id: string,
  step: 'notice' | 'renew',
): Promise<LiveSubscription[] | null> {
  const seen = await findSubscription(ctx, id);
  const brand = seen && (await findBrand(ctx, seen.brandId));
  if (!seen || !brand?.policy.mergeRenewals) return null;
  const together: LiveSubscription[] = [];
  for (const one of await lockDueOfClient(ctx, seen, step)) {
    if (isLive(one) && !(step === 'renew' && (await openRenewal(ctx, one)))) together.push(one);
  }
  return together.length > 1 && together.some((one) => one.id === id) ? together : null;
}

/** Those of the packages about to be renewed that a merged invoice would have others on, too. */
export async function inCompany(
  ctx: Ctx,
  due: readonly LiveSubscription[],
): Promise<ReadonlySet<string>> {
  const merging = new Set<string>();
  for (const id of new Set(due.map(({ brandId }) => brandId))) {
    if ((await findBrand(ctx, id))?.policy.mergeRenewals) merging.add(id);
  }
  const some = due.filter(({ brandId }) => merging.has(brandId));
  return some.length > 0 ? selectInCompany(ctx, some, 'renew') : new Set();
}

/**
 * Renews packages of one client on one invoice, paid from the balance as a whole or not at all;
 * then each is carried out by itself. The caller holds them, and none has an open renewal. What
 * cannot be renewed any more is left out, and told of as ever; what remains alone has an invoice of
 * its own.
 */
export async function renewTogether(
  ctx: Ctx,
  subscriptions: readonly LiveSubscription[],
): Promise<void> {
  const renewals: Renewal[] = [];
  const refused: { facts: RenewalFacts; refusal: Refusal }[] = [];
  for (const facts of await loadRenewals(ctx, subscriptions)) {
    const offer = offerAgain(facts);
    if (offer instanceof Refusal) refused.push({ facts, refusal: offer });
    else renewals.push(renewalOf(ctx, facts, offer));
  }
  const [first, second] = renewals;
  await saveRefused(ctx, refused);
  const held = first && !second ? [first.facts.subscription] : [];
  if (first && second) await sellTogether(ctx, first, renewals);
  else await renewMany(ctx, held);
  const ordered = await selectOrdered(ctx, subscriptions);
  for (const id of ordered) await cancelAddOnsOfPast(ctx, id);
}

async function sellTogether(
  ctx: Ctx,
  { offer: { client, sale, quote } }: Renewal,
  renewals: readonly Renewal[],
): Promise<void> {
  const mergedId = ctx.newId('mrg', client.branch);
  const parts = renewals.map(({ offer, orderId, draft }) => {
    const order = { ...orderOf(ctx, orderId, draft, null), mergedId };
    return { order, lines: linesOfOrder(order, offer.quote) };
  });
  const document = mergedInvoice(ctx.now, {
    ...{ mergedId, revision: 0, parts, client, seller: sale.seller, brandId: sale.brand.id },
    ...{ currency: quote.currency, tax: quote.tax },
  });
  const sold = { invoice: document, legs: [], legCause: document.cause };
  const sales = await decideSales(ctx, [sold], 'first');
  const [invoice] = await saveSales(ctx, sales);
  const [outcome] = sales.outcomes;
  if (!invoice || !outcome) throw new Error(`${document.cause} was not written`);
  const decided: Decided[] = [];
  for (const renewal of renewals) {
    const locked = outcome.unpaid ? null : await chargeChain(ctx, renewal);
    const one = decide(ctx, renewal, { ...outcome, locked });
    decided.push({ ...one, order: { ...one.order, mergedId } });
  }
  await saveRenewals(ctx, decided);
  await tell(ctx, renewals, invoice);
}

/** Each package is a sale of its own up the chain. Why it cannot be charged; null when it is. */
function chargeChain(ctx: Ctx, { offer, orderId, draft }: Renewal): Promise<Refusal | null> {
  const order = orderOf(ctx, orderId, draft, null);
  return chargeLegs(ctx, order, offer.recipe, offer.subscription.domainName);
}

/** One letter with the lines of all packages. */
async function tell(ctx: Ctx, renewals: readonly Renewal[], invoice: Invoice): Promise<void> {
  const [first] = renewals;
  if (!first) return;
  const { client, sale, quote, subscription } = first.offer;
  const { currency, tax } = quote;
  const lines = renewals.flatMap(({ offer }) =>
    linesOfOrder(
      { subscriptionId: offer.subscription.id, domainName: offer.subscription.domainName },
      offer.quote,
    ),
  );
  const all = quoteOfLines({ currency, tax, lines, discountCode: null });
  const card = await chargedCard(ctx, sale.brand.policy, client.id);
  await sendMail(
    ctx,
    mailTo({ client, brand: sale.brand, subscription }, (writer) =>
      mergedInvoiceLetter(writer, {
        packages: renewals.length,
        quote: all,
        card,
        invoice: { ...invoice, number: invoiceNumber(invoice) },
      }),
    ),
  );
}
