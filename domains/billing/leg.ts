import { COST_OF_SALES, enter, WALLET_AT_PARENT } from '#domains/ledger/index.ts';
import type { Journal, Movement, PostingEntry } from '#domains/ledger/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { money } from '#kit/money.ts';
import { Refusal } from '#kit/refusal.ts';
import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import type { Draft } from './draft-document.ts';
import { sellerAsBuyer } from './party.ts';
import { paidAtOnce, prepareInvoice } from './prepare-invoice.ts';
import type { InvoiceOrder, PreparedInvoice } from './prepare-invoice.ts';
import type { Quote } from './quote.ts';

/** One level of a sale above the shop: the parent charges the child. */
export type Leg = { level: number; parent: Seller; child: Seller };

/** The sale that legs are charged for. */
export type LegSale = Pick<InvoiceOrder, 'branch' | 'subject' | 'about' | 'subscriptionId'> & {
  cause: string;
};

/** The invoice of one leg, paid from the child's wallet. */
export type PreparedLeg = PreparedInvoice & { leg: Leg; movements: readonly Movement[] };

/** The levels of a chain, the operator's first. Throws when the sellers do not form one. */
export function legsOf(chain: readonly Seller[]): Leg[] {
  return chain.slice(1).map((child, level) => {
    const parent = chain[level];
    if (!parent || child.parentId !== parent.id) throw new Error('sellers do not form a chain');
    return { level, parent, child };
  });
}

export function legCause({ cause }: Pick<LegSale, 'cause'>, { level }: Leg): string {
  return `${cause}:leg-${level}`;
}

export function prepareLeg(
  ctx: Pick<Ctx, 'now' | 'newId'>,
  sale: LegSale,
  leg: Leg,
  quote: Quote,
): PreparedLeg {
  const invoice = prepareInvoice(ctx, {
    branch: sale.branch,
    cause: legCause(sale, leg),
    quote,
    seller: leg.parent,
    buyer: sellerAsBuyer(leg.child),
    brandId: null,
    subject: sale.subject,
    about: sale.about,
    dueOn: localDate(ctx.now, leg.parent.zone),
    subscriptionId: sale.subscriptionId,
  });
  const paid = paidAtOnce(invoice, costEntries(leg.child, invoice.draft));
  return { ...paid, leg, movements: [paid.issuing] };
}

/** The same money in the child's own books: its asset with the parent becomes a cost. */
function costEntries(child: Seller, { totalMinor, currency }: Draft): PostingEntry[] {
  return [
    { book: child.id, code: COST_OF_SALES, amount: money(totalMinor, currency) },
    { book: child.id, code: WALLET_AT_PARENT, amount: money(-totalMinor, currency) },
  ];
}

/**
 * Rule 10 in memory: all legs of a sale or none. Null when all are charged; else `wallet-too-low`
 * with `sellerId`, `missingMinor`, `missing` in decimals and `currency`.
 */
export function enterLegs(journal: Journal, legs: readonly PreparedLeg[]): Refusal | null {
  const shortage = enter(
    journal,
    legs.flatMap(({ movements }) => movements),
  );
  if (!shortage) return null;
  const short = legs.find(({ movements }) => movements.includes(shortage.movement));
  const { code, params } = shortage.refusal;
  return new Refusal(code, { params: { sellerId: short?.leg.child.id ?? null, ...params } });
}
