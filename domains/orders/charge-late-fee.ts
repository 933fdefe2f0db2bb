import { taxStandingOf } from '#domains/clients/index.ts';
import type { Ctx } from '#platform/context.ts';
import { localDate } from '#kit/term.ts';
import {
  clientAsBuyer,
  dueMinor,
  invoiceNumber,
  issueInvoice,
  quoteFreeLines,
} from '#domains/billing/index.ts';
import type { Invoice } from '#domains/billing/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { taxFor } from '#domains/tax/index.ts';
import { textsFor } from '#platform/texts.ts';
import { lateFeeMinor } from './collection.ts';
import type { Collection } from './collection.ts';
import type { Debt } from './collect.ts';

/**
 * Charges the fee for paying late, once for what is owed, on an invoice of its own: the document
 * that is late does not change. Null when the policy has none, or it comes to nothing. A penalty
 * is no price of a service, so whether tax is charged on it is the brand's decision.
 */
export async function chargeLateFee(
  ctx: Ctx,
  one: Collection,
  { invoice, brand, client }: Debt,
): Promise<Invoice | null> {
  const policy = brand.policy.collection.lateFee;
  const priceMinor = policy ? lateFeeMinor(policy, dueMinor(invoice)) : 0n;
  if (!policy || priceMinor === 0n) return null;
  const seller = await findSeller(ctx, invoice.sellerId);
  if (!seller) throw new Error(`${invoice.id} is of a seller that is gone`);
  const on = localDate(ctx.now, seller.zone);
  const terms = await taxFor(ctx, {
    sellerCountry: seller.country,
    buyerCountry: client.country,
    standing: taxStandingOf(client),
    on,
  });
  const tax = policy.taxed ? terms : { ...terms, rateBp: 0, reason: 'not-taxable' as const };
  const number = invoiceNumber(invoice);
  const words = (language: 'ru' | 'en') => textsFor('orders', language)('lateFee', { number });
  const line = {
    kind: 'late-fee' as const,
    description: { ru: words('ru'), en: words('en') },
    quantity: 1,
    priceMinor,
    period: { start: on, end: on.add({ days: 1 }) },
    refundable: true,
  };
  return issueInvoice(ctx, {
    branch: invoice.branch,
    cause: `late-fee:${one.id}`,
    quote: quoteFreeLines(invoice.currency, [line], {
      ...tax,
      included: brand.pricesIncludeTax,
    }),
    seller,
    buyer: clientAsBuyer(client),
    brandId: brand.id,
    subject: null,
    about: invoice.about,
    dueOn: on,
    subscriptionId: null,
  });
}
