import { TERMS } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { demoComponents, demoPlans, demoProducts } from './demo-goods.ts';
import { draftEdition } from './draft-edition.ts';
import type { Audience, Edition, Inclusion, PriceRow } from './edition.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { publishEdition } from './publish-edition.ts';
import { bumpRevision, upsertComponent, upsertPlan, upsertProduct } from './store.ts';
import { insertPromo } from './promo-store.ts';
import { unbundleComponent } from './unbundle-component.ts';

type Sellers = { operatorId: string; resellerId: string };

const FIRST_ON = Temporal.PlainDate.from('2022-01-01');
const CURRENCY = 'RUB';
/** Roubles a month for 1, 3, 6, 12, 24 and 36 months. Invented; only WHMCS's 800.00 is not. */
const PLAN_PRICES: Readonly<Record<string, readonly number[]>> = {
  'linux-start': [790, 750, 710, 640, 590, 550],
  'linux-grow': [1490, 1420, 1340, 1190, 1090, 990],
  'linux-pro': [2890, 2750, 2590, 2290, 2090, 1890],
  'windows-start': [1190, 1130, 1070, 990, 920, 860],
  'windows-grow': [2290, 2180, 2060, 1890, 1740, 1590],
  'windows-pro': [4290, 4080, 3860, 3490, 3190, 2890],
};
const COMPONENT_PRICES: Readonly<Record<string, number>> = {
  'dedicated-ip': 250,
  'cpanel-block': 300,
  'website-protection': 150,
};
const PAID_COMPONENTS = Object.keys(COMPONENT_PRICES);
const PLAN_IDS = Object.keys(PLAN_PRICES);
/** What resellers pay of the client's price, and what the demo reseller asks of its clients. */
const WHOLESALE_PERCENT = 75;
const MARGIN_PERCENT = 115;

/** Products, plans, components and the first edition of the demo operator and its reseller. */
export async function seedDemoCatalogue(
  ctx: Ctx,
  { operatorId, resellerId }: Sellers,
): Promise<{ operatorEdition: Edition; resellerEdition: Edition }> {
  for (const product of demoProducts(operatorId)) await upsertProduct(ctx, product);
  for (const plan of demoPlans()) await upsertPlan(ctx, plan);
  for (const component of demoComponents(operatorId)) await upsertComponent(ctx, component);
  await bumpRevision(ctx);
  const first = { effectiveOn: FIRST_ON, existingOn: FIRST_ON, noticeDays: 30 };
  const operators = await draftEdition(ctx, operatorId, {
    ...first,
    title: 'Первый прайс-лист',
    prices: [...pricesAt('clients', 100), ...pricesAt('resellers', WHOLESALE_PERCENT)],
    inclusions: PLAN_IDS.flatMap(firstInclusions),
  });
  const operatorEdition = await publishEdition(ctx, operators.id);
  const resellers = await draftEdition(ctx, resellerId, {
    ...first,
    title: 'First price list',
    prices: pricesAt('clients', MARGIN_PERCENT),
    inclusions: [],
  });
  const resellerEdition = await publishEdition(ctx, resellers.id);
  await seedDemoPromo(ctx, operatorId);
  return { operatorEdition, resellerEdition };
}

/** The announcement: from 3 April 2023 WHMCS is an add-on at 800.00 RUB a month. */
export async function planWhmcsChange(
  ctx: Ctx,
  { operatorId, resellerId }: Sellers,
): Promise<{ operatorEdition: Edition; resellerEdition: Edition }> {
  const on = Temporal.PlainDate.from('2023-04-03');
  const dates = { effectiveOn: on, existingOn: on, noticeDays: 30 };
  const price = (audience: Audience, rubles: number) => ({
    audience,
    currency: CURRENCY,
    monthlyMinor: kopecks(rubles),
  });
  const operators = await draftEdition(ctx, operatorId, {
    ...dates,
    title: 'WHMCS отдельно от пакетов',
    ...unbundleComponent(await loadCatalogue(ctx, operatorId), {
      componentId: 'whmcs',
      effectiveOn: on,
      prices: [price('clients', 800), price('resellers', 700)],
    }),
  });
  const operatorEdition = await publishEdition(ctx, operators.id);
  const resellers = await draftEdition(ctx, resellerId, {
    ...dates,
    title: 'WHMCS as an add-on',
    prices: [whmcsRow(price('clients', 900))],
    inclusions: [],
  });
  return { operatorEdition, resellerEdition: await publishEdition(ctx, resellers.id) };
}

function whmcsRow(price: Pick<PriceRow, 'audience' | 'currency' | 'monthlyMinor'>): PriceRow {
  return { ...price, item: { kind: 'component', id: 'whmcs' }, action: 'add', termMonths: 1 };
}

function kopecks(rubles: number): bigint {
  return BigInt(rubles) * 100n;
}

function pricesAt(audience: Audience, percent: number): PriceRow[] {
  const base = { audience, currency: CURRENCY, action: 'add' } as const;
  // To whole tens of roubles, upward.
  const at = (rubles: number) => kopecks(Math.ceil((rubles * percent) / 1000) * 10);
  const plans = Object.entries(PLAN_PRICES).flatMap(([id, ladder]) =>
    ladder.map((rubles, index) => ({
      ...base,
      item: { kind: 'plan' as const, id },
      termMonths: TERMS[index] ?? 1,
      monthlyMinor: at(rubles),
    })),
  );
  const components = Object.entries(COMPONENT_PRICES).map(([id, rubles]) => ({
    ...base,
    item: { kind: 'component' as const, id },
    termMonths: 1 as const,
    monthlyMinor: at(rubles),
  }));
  return [...plans, ...components];
}

function firstInclusions(planId: string): Inclusion[] {
  return [
    { planId, componentId: 'whmcs', mode: 'included' },
    ...PAID_COMPONENTS.map((componentId) => ({ planId, componentId, mode: 'addon' as const })),
  ];
}

async function seedDemoPromo(ctx: Ctx, sellerId: string): Promise<void> {
  await insertPromo(ctx, {
    id: ctx.newId('prm', 0),
    sellerId,
    code: 'START10',
    gives: { kind: 'percent', basisPoints: 1000 },
    productIds: [],
    planIds: [],
    terms: [3, 6, 12, 24, 36],
    validFrom: FIRST_ON,
    validUntil: null,
    usesMax: 1000,
    uses: 0,
    oncePerClient: true,
    endedAt: null,
  });
}
