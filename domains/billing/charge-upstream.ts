import { openJournal, saveJournal } from '#domains/ledger/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Invoice } from './invoice.ts';
import { enterLegs, legCause, legsOf, prepareLeg } from './leg.ts';
import type { Leg, LegSale, PreparedLeg } from './leg.ts';
import { publishInvoices } from './publish-invoices.ts';
import type { Quote } from './quote.ts';
import { selectInvoicesByCause } from './store.ts';

export type ChainCharge = LegSale & {
  /** Operator first, the shop's seller last (`sellerChain`); alone, nobody is charged. */
  chain: readonly Seller[];
  /** The same sale at the parent's prices to resellers, without the client's discount. */
  quoteFor(leg: Leg): Quote | Promise<Quote>;
};

/**
 * Rule 10: charges every seller between the operator and the shop to its wallet, in this one
 * transaction and once per cause. Refuses `wallet-too-low` (params `sellerId`, `missingMinor`,
 * `missing` in decimals, `currency`) before anything is written, so the caller may catch it and lock the order.
 */
export async function chargeUpstream(ctx: Ctx, charge: ChainCharge): Promise<Invoice[]> {
  const prepared: PreparedLeg[] = [];
  for (const leg of legsOf(charge.chain)) {
    prepared.push(prepareLeg(ctx, charge, leg, await charge.quoteFor(leg)));
  }
  const journal = await openJournal(
    ctx,
    prepared.flatMap(({ movements }) => movements),
  );
  const causes = prepared.map(({ leg }) => ({
    branch: charge.branch,
    cause: legCause(charge, leg),
  }));
  const earlier = await selectInvoicesByCause(ctx, causes);
  const known = new Set(earlier.map(({ cause }) => cause));
  const fresh = prepared.filter(({ draft }) => !known.has(draft.cause));
  const refusal = enterLegs(journal, fresh);
  if (refusal) throw refusal;
  await saveJournal(ctx, journal);
  const published = await publishInvoices(ctx, fresh);
  return prepared.flatMap(({ draft }) =>
    [...earlier, ...published].filter(({ cause }) => cause === draft.cause),
  );
}
