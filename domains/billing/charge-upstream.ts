import {
  availableInAll,
  COST_OF_SALES,
  WALLET_AT_PARENT,
  walletCode,
} from '#domains/ledger/index.ts';
import type { PostingEntry } from '#domains/ledger/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { decimalOf, money } from '#kit/money.ts';
import { refuse } from '#kit/refusal.ts';
import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import type { Invoice } from './invoice.ts';
import { issueInvoice } from './issue-invoice.ts';
import { sellerAsBuyer } from './party.ts';
import type { Quote } from './quote.ts';
import { settleLocked } from './settle-invoice.ts';
import { selectInvoiceByCause } from './store.ts';

/** One level of a sale above the shop: the parent charges the child. */
export type Leg = { level: number; parent: Seller; child: Seller };

export type ChainCharge = {
  branch: number;
  /** Operator first, the shop's seller last (`sellerChain`); alone, nobody is charged. */
  chain: readonly Seller[];
  /** The same sale at the parent's prices to resellers, without the client's discount. */
  quoteFor(leg: Leg): Quote | Promise<Quote>;
  cause: string;
  subject: string | null;
  about: string | null;
  subscriptionId: string | null;
};

/**
 * Rule 10: charges every seller between the operator and the shop to its wallet, in this one
 * transaction and once per cause. Refuses `wallet-too-low` (params `sellerId`, `missingMinor`,
 * `missing` in decimals, `currency`) before anything is written, so the caller may catch it and lock the order.
 */
export async function chargeUpstream(ctx: Ctx, charge: ChainCharge): Promise<Invoice[]> {
  const quoted: { leg: Leg; quote: Quote }[] = [];
  for (const leg of legsOf(charge.chain)) {
    quoted.push({ leg, quote: await charge.quoteFor(leg) });
  }
  await refuseEmptyWallets(ctx, charge, quoted);
  const invoices: Invoice[] = [];
  for (const { leg, quote } of quoted) invoices.push(await chargeLeg(ctx, charge, leg, quote));
  return invoices;
}

function legsOf(chain: readonly Seller[]): Leg[] {
  return chain.slice(1).map((child, level) => {
    const parent = chain[level];
    if (!parent || child.parentId !== parent.id) throw new Error('sellers do not form a chain');
    return { level, parent, child };
  });
}

function legCause(charge: ChainCharge, leg: Leg): string {
  return `${charge.cause}:leg-${leg.level}`;
}

/** Locks all the wallets at once, in the ledger's order, and looks before anything is charged. */
async function refuseEmptyWallets(
  ctx: Ctx,
  charge: ChainCharge,
  quoted: readonly { leg: Leg; quote: Quote }[],
): Promise<void> {
  const available = await availableInAll(
    ctx,
    quoted.map(({ leg, quote }) => ({
      branch: charge.branch,
      book: leg.parent.id,
      code: walletCode(leg.child.id),
      currency: quote.currency,
    })),
  );
  for (const [index, { leg, quote }] of quoted.entries()) {
    const held = available[index];
    if (!held || held.minor >= quote.totalMinor) continue;
    if (await selectInvoiceByCause(ctx, charge.branch, legCause(charge, leg))) continue;
    const missing = money(quote.totalMinor - held.minor, quote.currency);
    refuse('wallet-too-low', {
      params: {
        sellerId: leg.child.id,
        missingMinor: Number(missing.minor),
        missing: decimalOf(missing),
        currency: missing.currency,
      },
    });
  }
}

async function chargeLeg(ctx: Ctx, charge: ChainCharge, leg: Leg, quote: Quote): Promise<Invoice> {
  const invoice = await issueInvoice(ctx, {
    branch: charge.branch,
    cause: legCause(charge, leg),
    quote,
    seller: leg.parent,
    buyer: sellerAsBuyer(leg.child),
    brandId: null,
    subject: charge.subject,
    about: charge.about,
    dueOn: localDate(ctx.now, leg.parent.zone),
    subscriptionId: charge.subscriptionId,
  });
  if (invoice.state !== 'issued') return invoice;
  return settleLocked(
    ctx,
    invoice,
    {
      amount: money(invoice.totalMinor, invoice.currency),
      from: { code: walletCode(leg.child.id) },
      cause: `wallet:${invoice.id}`,
    },
    costEntries(leg.child, invoice),
  );
}

/** The same money in the child's own books: its asset with the parent becomes a cost. */
function costEntries(child: Seller, invoice: Invoice): PostingEntry[] {
  const { totalMinor, currency } = invoice;
  return [
    { book: child.id, code: COST_OF_SALES, amount: money(totalMinor, currency) },
    { book: child.id, code: WALLET_AT_PARENT, amount: money(-totalMinor, currency) },
  ];
}
