import { Refusal } from '#kit/refusal.ts';
import { extensionBy, makeRenewalOffer } from '#domains/orders/index.ts';
import type { ChainSale, RenewalOffer, RenewalRecipe } from '#domains/orders/index.ts';
import { extended, isLive, withMark, withNextStep } from '#domains/subscriptions/index.ts';
import type {
  Entitlement,
  LifeCycleStepName,
  LiveSubscription,
} from '#domains/subscriptions/index.ts';
import type { OpenBill, Traveller } from './traveller.ts';

/** What there is to pay for a renewal. */
export type Bill = {
  readonly at: Temporal.Instant;
  readonly subscription: LiveSubscription;
  readonly totalMinor: bigint;
};

export type World = {
  readonly now: Temporal.Instant;
  /** Nothing happens at this moment or later. */
  readonly until: Temporal.Instant;
  saleAt(traveller: Traveller, at: Temporal.Instant): Promise<ChainSale>;
  /** Whether its client pays the bill now; asked in the order of time. */
  pays(bill: Bill): boolean;
};

/** What happens to a package; `subscription` is as it stood before. */
export type Happening = {
  readonly at: Temporal.Instant;
  readonly subscription: LiveSubscription;
} & (
  | {
      readonly kind: 'invoiced';
      readonly offer: RenewalOffer;
      readonly entitlements: readonly Entitlement[];
    }
  | { readonly kind: 'paid'; readonly totalMinor: bigint }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'suspended' | 'deleted' }
);

/**
 * Lets packages of one client live on in memory, in the order of time, through the steps that the
 * life cycle names and by the functions that carry a renewal out. Nothing is written.
 */
export async function liveThrough(start: readonly Traveller[], world: World): Promise<Happening[]> {
  const all = [...start];
  const happenings: Happening[] = [];
  for (;;) {
    const index = earliest(all);
    const traveller = all[index];
    const next = traveller?.subscription.next;
    if (!traveller || !next || Temporal.Instant.compare(next.at, world.until) >= 0) break;
    const { subscription } = traveller;
    if (!isLive(subscription)) break;
    const at = Temporal.Instant.compare(next.at, world.now) < 0 ? world.now : next.at;
    const step = await STEPS[next.name]({ ...traveller, subscription }, at, world);
    const after = { ...traveller, ...step.after };
    all[index] = { ...after, subscription: withNextStep(after.subscription, after.policy) };
    happenings.push(...step.happened);
  }
  return happenings;
}

function earliest(all: readonly Traveller[]): number {
  let best = -1;
  for (const [index, { subscription }] of all.entries()) {
    const at = subscription.next?.at;
    const first = all[best]?.subscription.next?.at;
    if (at && (!first || Temporal.Instant.compare(at, first) < 0)) best = index;
  }
  return best;
}

type Living = Traveller & { readonly subscription: LiveSubscription };
type Moved = Partial<Pick<Traveller, 'subscription' | 'entitlements' | 'open'>>;
type Taken = { after: Moved; happened: readonly Happening[] };
type Step = (traveller: Living, at: Temporal.Instant, world: World) => Taken | Promise<Taken>;

const STEPS: Readonly<Record<LifeCycleStepName, Step>> = {
  notice: ({ subscription }, at) => only({ subscription: withMark(subscription, 'notice', at) }),
  remind: ({ subscription }, at) => only({ subscription: withMark(subscription, 'remind', at) }),
  renew: renewNow,
  suspend: suspendNow,
  delete: ({ subscription }, at) => ({
    after: { subscription: { ...subscription, state: 'deleted', deletedAt: at } },
    happened: [{ kind: 'deleted', at, subscription }],
  }),
};

function only(after: Moved): Taken {
  return { after, happened: [] };
}

/** The automatic renewal: an order that stands already is paid, else the offer is made. */
async function renewNow(traveller: Living, at: Temporal.Instant, world: World): Promise<Taken> {
  const { subscription, entitlements, notices, client, open } = traveller;
  if (open) return settle(withTried(traveller, at), open, at, world);
  const sale = await world.saleAt(traveller, at);
  try {
    const offer = makeRenewalOffer(
      { ...sale, client, subscription, entitlements, notices },
      { termMonths: subscription.termMonths, drop: [] },
    );
    const bill = { recipe: offer.recipe, totalMinor: offer.quote.totalMinor };
    const settled = settle(withTried(traveller, at), bill, at, world);
    const invoiced: Happening = { kind: 'invoiced', at, subscription, offer, entitlements };
    return { after: settled.after, happened: [invoiced, ...settled.happened] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {
      after: { subscription: withTried(traveller, at).subscription },
      happened: [{ kind: 'refused', at, subscription, code: error.code }],
    };
  }
}

function withTried(traveller: Living, at: Temporal.Instant): Living {
  return { ...traveller, subscription: withMark(traveller.subscription, 'renew', at) };
}

/** The end has come: what is ordered is tried once more. */
function suspendNow(traveller: Living, at: Temporal.Instant, world: World): Taken {
  const { subscription, open } = traveller;
  if (open) {
    const settled = settle(traveller, open, at, world);
    if (settled.after.open === null) return settled;
  }
  return {
    after: {
      subscription: {
        ...subscription,
        state: 'suspended',
        suspendedAt: at,
        suspendedFor: 'unpaid',
      },
    },
    happened: [{ kind: 'suspended', at, subscription }],
  };
}

/** Pays a bill and carries its renewal out, or leaves it open. */
function settle(traveller: Living, bill: OpenBill, at: Temporal.Instant, world: World): Taken {
  const { subscription } = traveller;
  const { totalMinor } = bill;
  const isPaid = world.pays({ at, subscription, totalMinor });
  if (!isPaid) return only({ subscription, open: bill });
  return {
    after: { ...carriedOut(traveller, bill.recipe, at), open: null },
    happened: [{ kind: 'paid', at, subscription, totalMinor }],
  };
}

function carriedOut(
  { subscription, entitlements, policy }: Living,
  recipe: RenewalRecipe,
  at: Temporal.Instant,
): Moved {
  const extension = extended(subscription, entitlements, extensionBy(recipe, ''), {
    now: at,
    policy,
  });
  if (extension === 'already') throw new Error(`${subscription.id} was renewed before`);
  const changed = new Map(extension.entitlements.map((one) => [one.id, one]));
  return {
    subscription: extension.subscription,
    entitlements: entitlements.map((one) => changed.get(one.id) ?? one),
  };
}
