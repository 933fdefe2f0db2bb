import type { Ctx } from '#platform/context.ts';
import type { BrandPolicy } from '#domains/brands/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { loadRenewals, openRenewal, withOpenOrders } from '#domains/orders/index.ts';
import type { ChainSale, Order, RenewalRecipe } from '#domains/orders/index.ts';
import { isLive, withNextStep } from '#domains/subscriptions/index.ts';
import type { Entitlement, Notice, Subscription } from '#domains/subscriptions/index.ts';

/** A package that is sent ahead in time, in memory: what was stored of it, and what it becomes. */
export type Traveller = {
  readonly client: Client;
  readonly policy: BrandPolicy;
  /** By what it would be sold today. */
  readonly today: ChainSale;
  readonly subscription: Subscription;
  readonly entitlements: readonly Entitlement[];
  readonly notices: readonly Notice[];
  /** The next boundary's renewal, ordered and not carried out. */
  readonly open: OpenBill | null;
};

type OpenBill = {
  readonly recipe: RenewalRecipe;
  readonly totalMinor: bigint;
  /** Names the bill that it is paid on together with other packages. */
  readonly mergedId?: string;
};

/** The packages as they stand, ready to go. */
export async function travellersOf(
  ctx: Ctx,
  subscriptions: readonly Subscription[],
): Promise<Traveller[]> {
  const live = subscriptions.filter(isLive);
  const ordered = await withOpenOrders(ctx, live);
  const travellers: Traveller[] = [];
  for (const facts of await loadRenewals(ctx, live)) {
    const { client, subscription, entitlements, notices, sale, legs } = facts;
    const policy = quiet(sale.brand.policy);
    const order = ordered.has(subscription.id) ? await openRenewal(ctx, subscription) : null;
    const recipe = order?.recipe.kind === 'renewal' ? order.recipe : null;
    travellers.push({
      client,
      policy,
      today: { sale, legs },
      subscription: withNextStep(subscription, policy),
      entitlements,
      notices,
      open: order && recipe ? openBill(order, recipe) : null,
    });
  }
  return travellers;
}

function openBill({ totalMinor, mergedId }: Order, recipe: RenewalRecipe): OpenBill {
  return { recipe, totalMinor, ...(mergedId !== null && { mergedId }) };
}

const quieted = new WeakMap<BrandPolicy, BrandPolicy>();

/** The policy without reminders: they change nothing of what is charged or suspended. */
function quiet(policy: BrandPolicy): BrandPolicy {
  const known = quieted.get(policy);
  if (known) return known;
  const made = { ...policy, remindFromDays: -policy.deleteAfterDays };
  quieted.set(policy, made);
  return made;
}
