import { Refusal } from '#kit/refusal.ts';
import { extensionBy, makeRenewalOffer } from '#domains/orders/index.ts';
import type { ChainSale, RenewalOffer, RenewalRecipe } from '#domains/orders/index.ts';
import { extended, isLive, withMark, withNextStep } from '#domains/subscriptions/index.ts';
import type {
  Entitlement,
  LifeCycleStepName,
  LiveSubscription,
} from '#domains/subscriptions/index.ts';
import type { Traveller } from './traveller.ts';

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
    if (!isLive(traveller.subscription)) break;
    const at = Temporal.Instant.compare(next.at, world.now) < 0 ? world.now : next.at;
    const group = [index, ...concerned(all, index, next.name, at)];
    const living = group.flatMap((one) => all[one] ?? []).filter(isLiving);
    const steps = await STEPS[next.name](living, at, world);
    for (const [place, { after, happened }] of steps.entries()) {
      const before = living[place];
      const where = group[place];
      if (!before || where === undefined) continue;
      const moved = { ...before, ...after };
      all[where] = { ...moved, subscription: withNextStep(moved.subscription, moved.policy) };
      happenings.push(...happened);
    }
  }
  return happenings;
}

/** The others that a step concerns: what shares the bill, or is about to. All of them live. */
function concerned(
  all: readonly Traveller[],
  index: number,
  step: LifeCycleStepName,
  at: Temporal.Instant,
): number[] {
  const one = all[index];
  if (!one || (step !== 'renew' && step !== 'suspend')) return [];
  const { open } = one;
  const isConcerned = (other: Traveller): boolean => {
    if (open) return open.mergedId !== undefined && other.open?.mergedId === open.mergedId;
    if (step !== 'renew' || !one.policy.mergeRenewals || other.open) return false;
    const { brandId, currency, clientId, next } = other.subscription;
    const mine = one.subscription;
    const isMate =
      brandId === mine.brandId && currency === mine.currency && clientId === mine.clientId;
    return isMate && next?.name === 'renew' && Temporal.Instant.compare(next.at, at) <= 0;
  };
  return all.flatMap((other, no) =>
    no !== index && isLive(other.subscription) && isConcerned(other) ? [no] : [],
  );
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
/** The one whose step it is comes first, then those it concerns; so do the answers. */
type Step = (group: readonly Living[], at: Temporal.Instant, world: World) => Steps;
type Steps = readonly Taken[] | Promise<readonly Taken[]>;

const STEPS: Readonly<Record<LifeCycleStepName, Step>> = {
  notice: (group, at) => group.map((one) => only(withMarked(one, 'notice', at))),
  remind: (group, at) => group.map((one) => only(withMarked(one, 'remind', at))),
  renew: renewNow,
  suspend: suspendNow,
  delete: (group, at) =>
    group.map(({ subscription }) => ({
      after: { subscription: { ...subscription, state: 'deleted', deletedAt: at }, open: null },
      happened: [{ kind: 'deleted', at, subscription }],
    })),
};

function isLiving(traveller: Traveller): traveller is Living {
  return isLive(traveller.subscription);
}

function only(after: Moved): Taken {
  return { after, happened: [] };
}

function withMarked(
  one: Living,
  step: 'notice' | 'renew' | 'remind',
  at: Temporal.Instant,
): Living {
  return { ...one, subscription: withMark(one.subscription, step, at) };
}

/** The automatic renewal: an order that stands already is paid, else the offers are made. */
async function renewNow(
  group: readonly Living[],
  at: Temporal.Instant,
  world: World,
): Promise<readonly Taken[]> {
  const [first] = group;
  if (first?.open) {
    const tried = group.map((one) => (one === first ? withMarked(one, 'renew', at) : one));
    return settle(tried, at, world);
  }
  const offers: (RenewalOffer | Refusal)[] = [];
  for (const one of group) offers.push(await offerTo(one, at, world));
  const ordered = group.flatMap((one, index): Living[] => {
    const offer = offers[index];
    if (!offer || offer instanceof Refusal) return [];
    const bill = { recipe: offer.recipe, totalMinor: offer.quote.totalMinor };
    return [
      {
        ...withMarked(one, 'renew', at),
        open: { ...bill, mergedId: `${first?.subscription.id} ${at}` },
      },
    ];
  });
  const settled = [...settle(ordered, at, world)];
  return group.map((one, index): Taken => {
    const { subscription, entitlements } = one;
    const offer = offers[index];
    if (!offer || offer instanceof Refusal) {
      const code = offer?.code ?? '';
      const { subscription: tried } = withMarked(one, 'renew', at);
      return {
        after: { subscription: tried },
        happened: [{ kind: 'refused', at, subscription, code }],
      };
    }
    const invoiced: Happening = { kind: 'invoiced', at, subscription, offer, entitlements };
    const { after, happened } = settled.shift() ?? only({});
    return { after, happened: [invoiced, ...happened] };
  });
}

async function offerTo(
  traveller: Living,
  at: Temporal.Instant,
  world: World,
): Promise<RenewalOffer | Refusal> {
  const { subscription, entitlements, notices, client } = traveller;
  const sale = await world.saleAt(traveller, at);
  try {
    return makeRenewalOffer(
      { ...sale, client, subscription, entitlements, notices },
      { termMonths: subscription.termMonths, drop: [] },
    );
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** The end has come: what is ordered is tried once more. */
function suspendNow(
  group: readonly Living[],
  at: Temporal.Instant,
  world: World,
): readonly Taken[] {
  const [first] = group;
  if (!first) return [];
  if (first.open) {
    const settled = settle(group, at, world);
    if (settled[0]?.after.open === null) return settled;
  }
  const { subscription } = first;
  const suspended = { state: 'suspended', suspendedAt: at, suspendedFor: 'unpaid' } as const;
  return [
    {
      after: { subscription: { ...subscription, ...suspended } },
      happened: [{ kind: 'suspended', at, subscription }],
    },
  ];
}

/** Pays one bill for all of them and carries their renewals out, or leaves it open. */
function settle(group: readonly Living[], at: Temporal.Instant, world: World): readonly Taken[] {
  const [first] = group;
  if (!first) return [];
  const totalMinor = group.reduce((sum, { open }) => sum + (open?.totalMinor ?? 0n), 0n);
  const isPaid = world.pays({ at, subscription: first.subscription, totalMinor });
  return group.map((one): Taken => {
    const { subscription, open } = one;
    if (!isPaid || !open) return only({ subscription, open });
    return {
      after: { ...carriedOut(one, open.recipe, at), open: null },
      happened: [{ kind: 'paid', at, subscription, totalMinor: open.totalMinor }],
    };
  });
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
