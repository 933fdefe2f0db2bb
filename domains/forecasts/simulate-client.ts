import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { balanceCode, moneyHeld } from '#domains/ledger/index.ts';
import type { RenewalOffer } from '#domains/orders/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { invoicedBy } from './add-change.ts';
import type { Series } from './forecast.ts';
import type { Payers } from './forecast-words.ts';
import type { Span } from './foresee-change.ts';
import { liveThrough } from './live-through.ts';
import type { Bill, Happening } from './live-through.ts';
import type { MonthSums } from './month-sums.ts';
import type { Traveller } from './traveller.ts';

export type Simulation = { span: Span; sums: MonthSums; seller: Seller; payers: Payers };

/**
 * Lets all packages of one client live on together, since they are paid from one balance, and adds
 * up what the seller invoices and gets, and what ends. Sellers below are taken to have money.
 */
export async function simulateClient(
  ctx: Ctx,
  { span, sums, seller, payers }: Simulation,
  packages: readonly Traveller[],
): Promise<void> {
  const pays = payers === 'everyone' ? () => true : await purseOf(ctx, packages);
  const happenings = await liveThrough(packages, {
    now: span.now,
    until: span.until,
    saleAt: span.sales,
    pays,
  });
  const offers = new Map<string, RenewalOffer>();
  for (const one of happenings) {
    const { subscription } = one;
    const boundary = `${subscription.id} ${subscription.period.end}`;
    if (one.kind === 'invoiced') offers.set(boundary, one.offer);
    for (const series of seriesOf(one, seller)) {
      sums.add({
        on: localDate(one.at, seller.zone),
        currency: subscription.currency,
        series,
        ...amountsOf(one, seller, offers.get(boundary)),
      });
    }
  }
}

/** A seller below is invoiced, and pays at once, when its client has paid. */
function seriesOf({ kind, subscription }: Happening, seller: Seller): readonly Series[] {
  const isOwn = subscription.sellerId === seller.id;
  if (isOwn || (kind !== 'invoiced' && kind !== 'paid')) return [kind];
  return kind === 'paid' ? ['invoiced', 'paid'] : [];
}

/** What a happening is worth to the seller. */
function amountsOf(one: Happening, seller: Seller, offer: RenewalOffer | undefined) {
  if (one.kind !== 'invoiced' && one.kind !== 'paid') return {};
  const quote = offer && invoicedBy(seller, offer);
  if (quote) return { netMinor: quote.netMinor, totalMinor: quote.totalMinor };
  // An invoice that stands today, paid later.
  const isOwn = one.kind === 'paid' && one.subscription.sellerId === seller.id;
  return isOwn ? { totalMinor: one.totalMinor } : {};
}

/** Pays what the balances of today cover, and nothing more. */
async function purseOf(ctx: Ctx, packages: readonly Traveller[]): Promise<(bill: Bill) => boolean> {
  const purse = new Map<string, bigint>();
  for (const { client, subscription } of packages) {
    const { currency } = subscription;
    if (purse.has(currency)) continue;
    const { branch, sellerId: book, id } = client;
    const held = await moneyHeld(ctx, { branch, book, code: balanceCode(id), currency });
    purse.set(currency, held.minor);
  }
  return ({ subscription: { currency }, totalMinor }) => {
    const left = (purse.get(currency) ?? 0n) - totalMinor;
    if (left < 0n) return false;
    purse.set(currency, left);
    return true;
  };
}
