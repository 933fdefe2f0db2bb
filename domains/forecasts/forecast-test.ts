import { sql } from 'kysely';
import { draftEdition } from '#domains/catalog/draft-edition.ts';
import type { PriceRow } from '#domains/catalog/edition.ts';
import type { Edition } from '#domains/catalog/index.ts';
import { publishEdition } from '#domains/catalog/publish-edition.ts';
import { forecastsJobs } from './jobs.ts';
import { ordersAgenda, ordersJobs, ordersSubscribers } from '#domains/orders/index.ts';
import { sellersWithin } from '#domains/sellers/index.ts';
import {
  liveByClient,
  saveSubscriptions,
  subscriptionsAgenda,
  withNextStep,
} from '#domains/subscriptions/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';
import { boundary } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { BASE_NOW, seedChain, seedRenewals } from '#test/harness/renewal-base.ts';
import type { BaseSellers } from '#test/harness/renewal-base.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';

export type ForecastBase = {
  test: TestRuntime;
  sellers: BaseSellers;
  operatorId: string;
};

/** Lives of packages begin between this day and the end of their term. */
const FIRST_END = Temporal.PlainDate.from('2025-06-02');
export const FORECAST_NOW = '2025-05-20T08:00:00Z';
const TERMS = [1, 1, 3, 6, 12, 24] as const;

/**
 * Two shops, one of them three levels below the operator, and mixed packages: terms from one month
 * to two years on calendars of their own, bought and dropped components, licences from before and
 * after they became add-ons, packages that do not renew by themselves, are suspended, or of a plan
 * that is gone.
 */
export async function startForecastBase(count: number): Promise<ForecastBase> {
  const test = await startTestRuntime({
    now: BASE_NOW,
    parts: {
      subscribers: ordersSubscribers,
      jobs: [...ordersJobs, ...forecastsJobs],
      agenda: [...subscriptionsAgenda, ...ordersAgenda],
    },
  });
  const sellers = await test.run((ctx) => seedChain(ctx));
  // Letters about renewals cost time and change nothing of what is compared.
  await test.run((ctx) =>
    sql`update brand set policy = policy || ${JSON.stringify(FEW_LETTERS)}::jsonb`.execute(ctx.tx),
  );
  await test.moveTo(FORECAST_NOW);
  await test.run((ctx) => seedRenewals(ctx, sellers, { from: 0, count, withTrouble: false }));
  await test.run((ctx) => spreadLives(ctx, sellers));
  return { test, sellers, operatorId: sellers.operatorBrand.sellerId };
}

const FEW_LETTERS = { reminderDaysOfMonth: [], noticeDaysBeforeAutoRenew: 0 };

/** Gives each package a calendar of its own. */
async function spreadLives(ctx: Ctx, sellers: BaseSellers): Promise<void> {
  const all = await sellersWithin(ctx, sellers.operatorBrand.sellerId, 100);
  const sellerIds = all.map(({ id }) => id);
  const after = { branch: 0, clientId: '' };
  const packages = await liveByClient(ctx, { sellerIds, after, limit: 1_000_000 });
  const { policy } = sellers.operatorBrand;
  const changed = packages.map((one, no) =>
    withNextStep(spread(one, no), { ...policy, ...FEW_LETTERS }),
  );
  await saveSubscriptions(ctx, changed);
}

const DAYS = [8, 30];

function spread(one: Subscription, no: number): Subscription {
  const termMonths = TERMS[no % TERMS.length] ?? 1;
  // On the 31st too: its boundaries are clamped to the ends of months.
  const dayOf = DAYS[no % DAYS.length] ?? 1;
  const months = no % termMonths;
  const end = FIRST_END.add({ months }).with({ day: 1 }).add({ days: dayOf });
  const anchorOn = end.subtract({ months: termMonths });
  return {
    ...one,
    termMonths,
    anchorOn,
    cycle: 0,
    period: { start: anchorOn, end: boundary(anchorOn, termMonths, 1) },
    planId: no % 29 === 5 ? 'linux-gone' : one.planId,
    autoRenew: no % 17 !== 3,
    ...(no % 19 === 7 && { state: 'suspended' as const, suspendedFor: 'staff' as const }),
    marks: { remindedOn: null, noticeSentFor: null, renewalTriedFor: null },
  };
}

type Money = Pick<PriceRow, 'audience' | 'item' | 'termMonths'> & { rubles: number };

const row = ({ rubles, ...rest }: Money): PriceRow => ({
  ...rest,
  currency: 'RUB',
  action: 'add',
  monthlyMinor: BigInt(rubles * 100),
});

const plan = (id: string) => ({ kind: 'plan' as const, id });
const component = (id: string) => ({ kind: 'component' as const, id });

/**
 * A change of everything: a plan gets dearer and one cheaper, one loses its terms over a year, one
 * costs resellers more, one is retired with a successor, WHMCS rises, an address that was bought
 * comes with a plan, a block of accounts is no longer to be had.
 */
export function draftOfEverything(ctx: Ctx, operatorId: string): Promise<Edition> {
  const clients = 'clients' as const;
  const resellers = 'resellers' as const;
  return draftEdition(ctx, operatorId, {
    title: 'Всё сразу',
    effectiveOn: Temporal.PlainDate.from('2025-07-01'),
    existingOn: Temporal.PlainDate.from('2025-08-01'),
    noticeDays: 60,
    prices: [
      row({ audience: clients, item: plan('linux-start'), termMonths: 1, rubles: 893 }),
      row({ audience: clients, item: plan('linux-start'), termMonths: 12, rubles: 701 }),
      row({ audience: clients, item: plan('linux-pro'), termMonths: 1, rubles: 2333 }),
      row({ audience: clients, item: plan('linux-grow'), termMonths: 3, rubles: 1333 }),
      row({ audience: resellers, item: plan('windows-start'), termMonths: 1, rubles: 1011 }),
      row({ audience: resellers, item: plan('linux-pro'), termMonths: 1, rubles: 2111 }),
      row({ audience: clients, item: component('whmcs'), termMonths: 1, rubles: 977 }),
      row({ audience: resellers, item: component('whmcs'), termMonths: 1, rubles: 777 }),
    ],
    inclusions: [
      { planId: 'linux-start', componentId: 'dedicated-ip', mode: 'included' },
      { planId: 'windows-start', componentId: 'cpanel-block', mode: 'none' },
    ],
    retirements: [{ planId: 'linux-grow', successorId: 'linux-pro' }],
  });
}

export function publish(ctx: Ctx, { id }: Edition): Promise<Edition> {
  return publishEdition(ctx, id);
}
