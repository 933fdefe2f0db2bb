import { findSeller } from '#domains/sellers/index.ts';
import { refuse } from '#kit/refusal.ts';
import { localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { serve } from '#platform/http/serve.ts';
import { addRate } from './add-rate.ts';
import { taxContract } from './contract.ts';
import { selectAllRates } from './store.ts';
import type { TaxRate } from './tax-terms.ts';

export const taxRoutes = serve(taxContract, {
  rates: async (ctx) => ({
    items: (await selectAllRates(ctx)).map(rateView),
    mayChange: (await operatorOf(ctx)) !== null,
  }),
  addRate: async (ctx, { place, rateBp, effectiveFrom }) => {
    const operator = await operatorOf(ctx);
    if (!operator) refuse('not-allowed');
    const today = localDate(ctx.now, operator.zone);
    const from = Temporal.PlainDate.from(effectiveFrom);
    return rateView(await addRate(ctx, { place, rateBp, effectiveFrom: from }, today));
  },
});

/** The seller at the top, if the actor is of its staff: rates hold for everybody below. */
async function operatorOf(ctx: Ctx) {
  const seller = ctx.actor.kind === 'staff' ? await findSeller(ctx, ctx.actor.sellerId) : null;
  return seller?.depth === 0 ? seller : null;
}

function rateView({ place, rateBp, effectiveFrom, effectiveUntil }: TaxRate) {
  return {
    place,
    rateBp,
    effectiveFrom: effectiveFrom.toString(),
    effectiveUntil: effectiveUntil?.toString() ?? null,
  };
}
