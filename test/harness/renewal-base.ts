import { sql } from 'kysely';
import { seedDemoShops } from '#app/sandbox/demo-shops.ts';
import { createBrand } from '#domains/brands/index.ts';
import type { Brand } from '#domains/brands/index.ts';
import { catalogueRevision, planWhmcsChange } from '#domains/catalog/index.ts';
import { balanceCode, enter, movementOf, openJournal, saveJournal } from '#domains/ledger/index.ts';
import { createSeller, topUpWallet } from '#domains/sellers/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { withNextStep } from '#domains/subscriptions/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';
import { makeId } from '#kit/id.ts';
import { money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';
import { insertRows } from '#platform/database/rows.ts';

/** When the catalogue is written, before the change it announces for 3 April. */
export const BASE_NOW = '2023-02-01T09:00:00Z';
/** When all packages of the base are due for their automatic renewal. */
export const DUE_AT = '2023-05-10T06:00:00Z';

/** Ends of terms under three months, and of longer ones, whose renewal is tried on that day. */
const SHORT_END = Temporal.PlainDate.from('2023-05-17');
const LONG_END = Temporal.PlainDate.from('2023-06-09');
const UNBUNDLED_ON = Temporal.PlainDate.from('2023-04-03');
const BORN_AT = Date.parse('2022-01-15T09:00:00Z');
const PACKAGES_PER_CLIENT = 3;
const TERMS = [1, 1, 12, 3] as const;
const PLANS = ['linux-start', 'linux-grow', 'windows-start', 'linux-pro'] as const;
/** 1.4 bought components on average. */
const ADD_ONS = [1, 1, 2, 1, 2] as const;
const WEALTH = 1_000_000_00n;

export type BaseSellers = {
  operatorBrand: Brand;
  deepBrand: Brand;
  /** The sellers of the chain below the operator, the shop's own last: three legs. */
  chain: readonly Seller[];
  operatorEditionId: string;
};

/** The demo's operator, and a shop three levels below it with price lists all the way. */
export async function seedChain(ctx: Ctx, walletMinor = 10n ** 13n): Promise<BaseSellers> {
  const { operator, operatorBrand, reseller } = await seedDemoShops(ctx);
  const ids = { operatorId: operator.id, resellerId: reseller.id };
  const { operatorEdition } = await planWhmcsChange(ctx, ids);
  const below = (parentId: string, name: string) =>
    createSeller(ctx, {
      parentId,
      name,
      zone: 'Europe/Moscow',
      country: 'RU',
      legal: { ...reseller.legal, name: { ru: name, en: name } },
    });
  const middle = await below(reseller.id, 'Middlebyte');
  const deep = await below(middle.id, 'Deepbyte');
  const { id: _, policy: __, ...look } = operatorBrand;
  const hosts = ['deepbyte.localhost'];
  const deepBrand = await createBrand(ctx, { ...look, sellerId: deep.id, name: 'Deepbyte', hosts });
  await copyPrices(ctx, operator.id, reseller.id, 'resellers', 85);
  await copyPrices(ctx, operator.id, middle.id, 'resellers', 95);
  await copyPrices(ctx, operator.id, deep.id, 'clients', 120);
  const chain = [reseller, middle, deep];
  for (const seller of chain) {
    const amount = money(walletMinor, 'RUB');
    await topUpWallet(ctx, { seller, amount, cause: `base:${seller.id}`, from: 'cash:bank' });
  }
  return { operatorBrand, deepBrand, chain, operatorEditionId: operatorEdition.id };
}

/** A price list as the operator's, at so many percent, with the same dates. */
async function copyPrices(
  ctx: Ctx,
  fromId: string,
  sellerId: string,
  audience: 'clients' | 'resellers',
  percent: number,
): Promise<void> {
  await sql`
    insert into edition (id, seller_id, no, title, effective_on, existing_on, notice_days, state,
      created_at)
    select 'edn_' || right(e.id, 12) || right(${sellerId}, 8), ${sellerId}, null, e.title,
      e.effective_on, e.existing_on, e.notice_days, 'draft', e.created_at
    from edition e where e.seller_id = ${fromId}`.execute(ctx.tx);
  await sql`
    insert into edition_price
    select 'edn_' || right(e.id, 12) || right(${sellerId}, 8), ${audience}, p.item_kind, p.item_id,
      p.currency, p.action, p.term_months, p.monthly_minor * ${percent} / 100
    from edition e join edition_price p on p.edition_id = e.id and p.audience = 'clients'
    where e.seller_id = ${fromId}`.execute(ctx.tx);
  await sql`
    update edition e set state = 'published', published_at = e.created_at,
      no = (select coalesce(max(no), 0) from edition o where o.seller_id = e.seller_id)
        + (select count(*) from edition o
           where o.seller_id = e.seller_id and o.state = 'draft' and o.id <= e.id)
    where e.seller_id = ${sellerId} and e.state = 'draft'`.execute(ctx.tx);
  const revision = `${await catalogueRevision(ctx)}+`;
  await sql`update catalogue_revision set revision = ${revision}`.execute(ctx.tx);
}

export type BaseAsk = {
  from: number;
  count: number;
  /** Also what goes wrong: no money, money for one of three, a plan that is gone. */
  withTrouble: boolean;
};

/** Packages number `from` and on, all due at `DUE_AT`; every third belongs to the chain's shop. */
export async function seedRenewals(ctx: Ctx, sellers: BaseSellers, ask: BaseAsk): Promise<void> {
  const numbers = Array.from({ length: ask.count }, (_, index) => ask.from + index);
  const packages = numbers.map((no) => packageOf(sellers, no, ask.withTrouble));
  await insertClients(ctx, packages);
  await insertRows(
    ctx.tx,
    'subscription',
    SUBSCRIPTION_COLUMNS,
    packages.map(({ subscription }) => subscriptionRow(subscription)),
  );
  await insertRows(
    ctx.tx,
    'subscription_period',
    PERIOD_COLUMNS,
    packages.map(({ subscription }) => periodRow(ctx, subscription)),
  );
  const entitlements = packages.flatMap((one) => entitlementRows(ctx, one));
  await insertRows(ctx.tx, 'entitlement', ENTITLEMENT_COLUMNS, entitlements);
  await insertRows(
    ctx.tx,
    'subscription_notice',
    { branch_id: 'int4', subscription_id: 'text', edition_id: 'text', noticed_on: 'date' },
    packages.filter(isNoticed).map(({ subscription }) => ({
      branch_id: subscription.branch,
      subscription_id: subscription.id,
      edition_id: sellers.operatorEditionId,
      noticed_on: '2023-03-01',
    })),
  );
}

type Package = {
  no: number;
  brand: Brand;
  clientNo: number;
  fundsMinor: bigint;
  subscription: Subscription;
};

function packageOf(sellers: BaseSellers, no: number, withTrouble: boolean): Package {
  const isDeep = no % 3 === 0;
  const brand = isDeep ? sellers.deepBrand : sellers.operatorBrand;
  // Packages 0, 3, 6 are one client's, then 9, 12, 15; 1, 4, 7 and 2, 5, 8 are two others'.
  const clientNo = Math.floor(no / (3 * PACKAGES_PER_CLIENT)) * 3 + (no % 3);
  const branch = isDeep ? (sellers.chain[0]?.branch ?? 0) : 100_000 + clientNo;
  const termMonths = TERMS[no % 4] ?? 1;
  const end = termMonths < 3 ? SHORT_END : LONG_END;
  const cycle = termMonths < 3 ? no % 8 : 0;
  const anchorOn = end.subtract({ months: termMonths * (cycle + 1) });
  const isGone = withTrouble && no % 29 === 5;
  const subscription: Subscription = {
    id: makeId('sub', branch, BORN_AT, no),
    branch,
    brandId: brand.id,
    sellerId: brand.sellerId,
    clientId: makeId('cli', branch, BORN_AT, clientNo),
    productId: 'reseller-hosting-linux',
    planId: isGone ? 'linux-gone' : (PLANS[no % 4] ?? PLANS[0]),
    domainName: `package-${no}.example`,
    termMonths,
    anchorOn,
    cycle,
    period: { start: anchorOn.add({ months: termMonths * cycle }), end },
    subscribedOn: anchorOn,
    zone: 'Europe/Moscow',
    currency: 'RUB',
    state: 'active',
    autoRenew: true,
    createdAt: Temporal.Instant.fromEpochMilliseconds(BORN_AT),
    suspendedAt: null,
    suspendedFor: null,
    deletedAt: null,
    marks: {
      remindedOn: Temporal.PlainDate.from('2023-05-01'),
      noticeSentFor: end,
      renewalTriedFor: null,
    },
    next: null,
    stepAttempts: 0,
    stepError: null,
  };
  return {
    no,
    brand,
    clientNo,
    fundsMinor: withTrouble ? fundsOf(clientNo) : WEALTH,
    subscription: withNextStep(subscription, brand.policy),
  };
}

function fundsOf(clientNo: number): bigint {
  if (clientNo % 7 === 3) return 0n;
  return clientNo % 7 === 4 ? 3_000_00n : WEALTH;
}

function isNoticed({ no }: Package): boolean {
  return no % 5 === 2;
}

async function insertClients(ctx: Ctx, packages: readonly Package[]): Promise<void> {
  const firsts = new Map(packages.map((one) => [one.subscription.clientId, one]));
  const mine = [...firsts.values()].filter(
    ({ no, clientNo }) => no - (no % 3) - Math.floor(clientNo / 3) * 9 <= 6 && no >= 0,
  );
  const rows = mine.map(({ clientNo, brand, subscription }) => ({
    branch_id: subscription.branch,
    id: subscription.clientId,
    brand_id: brand.id,
    seller_id: brand.sellerId,
    kind: 'person',
    name: `Client ${clientNo}`,
    email: `client-${clientNo}@example.test`,
    country: 'RU',
    city: 'Москва',
    street: 'ул. Примерная, 1',
    language: clientNo % 2 ? 'ru' : 'en',
    currency: 'RUB',
    created_at: ctx.now,
  }));
  await sql`lock table client in exclusive mode`.execute(ctx.tx);
  const known = await sql<{ id: string }>`
    select id from client where id = any(${rows.map(({ id }) => id)})`.execute(ctx.tx);
  const before = new Set(known.rows.map(({ id }) => id));
  const fresh = rows.filter(({ id }) => !before.has(id));
  await insertRows(ctx.tx, 'client', CLIENT_COLUMNS, fresh);
  const movements = mine
    .filter(({ fundsMinor, subscription }) => fundsMinor > 0n && !before.has(subscription.clientId))
    .map(({ brand, subscription: { branch, clientId }, fundsMinor }) =>
      movementOf({
        branch,
        kind: 'payment',
        cause: `base:${clientId}`,
        entries: [
          { book: brand.sellerId, code: 'cash:bank', amount: money(fundsMinor, 'RUB') },
          { book: brand.sellerId, code: balanceCode(clientId), amount: money(-fundsMinor, 'RUB') },
        ],
      }),
    );
  const journal = await openJournal(ctx, movements);
  for (const movement of movements) enter(journal, [movement]);
  await saveJournal(ctx, journal);
}

const CLIENT_COLUMNS = {
  branch_id: 'int4',
  id: 'text',
  brand_id: 'text',
  seller_id: 'text',
  kind: 'text',
  name: 'text',
  email: 'text',
  country: 'text',
  city: 'text',
  street: 'text',
  language: 'text',
  currency: 'text',
  created_at: 'timestamptz',
};

const SUBSCRIPTION_COLUMNS = {
  branch_id: 'int4',
  id: 'text',
  brand_id: 'text',
  seller_id: 'text',
  client_id: 'text',
  product_id: 'text',
  plan_id: 'text',
  domain_name: 'text',
  term_months: 'int4',
  anchor_on: 'date',
  cycle: 'int4',
  period_start: 'date',
  period_end: 'date',
  subscribed_on: 'date',
  zone: 'text',
  currency: 'text',
  state: 'text',
  auto_renew: 'bool',
  created_at: 'timestamptz',
  reminded_on: 'date',
  notice_sent_for: 'date',
  next_step: 'text',
  next_step_at: 'timestamptz',
  step_attempts: 'int4',
};

function subscriptionRow(one: Subscription) {
  return {
    branch_id: one.branch,
    id: one.id,
    brand_id: one.brandId,
    seller_id: one.sellerId,
    client_id: one.clientId,
    product_id: one.productId,
    plan_id: one.planId,
    domain_name: one.domainName,
    term_months: one.termMonths,
    anchor_on: one.anchorOn,
    cycle: one.cycle,
    period_start: one.period?.start,
    period_end: one.period?.end,
    subscribed_on: one.subscribedOn,
    zone: one.zone,
    currency: one.currency,
    state: one.state,
    auto_renew: one.autoRenew,
    created_at: one.createdAt,
    reminded_on: one.marks.remindedOn,
    notice_sent_for: one.marks.noticeSentFor,
    next_step: one.next?.name,
    next_step_at: one.next?.at,
    step_attempts: 0,
  };
}

const PERIOD_COLUMNS = {
  branch_id: 'int4',
  subscription_id: 'text',
  period_start: 'date',
  period_end: 'date',
  term_months: 'int4',
  paid_at: 'timestamptz',
};

function periodRow(ctx: Ctx, { branch, id, period, termMonths }: Subscription) {
  return {
    branch_id: branch,
    subscription_id: id,
    period_start: period?.start,
    period_end: period?.end,
    term_months: termMonths,
    paid_at: ctx.now,
  };
}

const ENTITLEMENT_COLUMNS = {
  branch_id: 'int4',
  id: 'text',
  subscription_id: 'text',
  component_id: 'text',
  state: 'text',
  quantity: 'int4',
  since_on: 'date',
  renews: 'bool',
  created_at: 'timestamptz',
};

/**
 * Bought components, and the licence that came with packages from before it became an add-on. Of
 * those told of that change in time some pay for it from now on; every twentieth drops a component.
 */
function entitlementRows(ctx: Ctx, one: Package) {
  const { no, subscription } = one;
  const common = {
    branch_id: subscription.branch,
    subscription_id: subscription.id,
    since_on: subscription.subscribedOn,
    created_at: ctx.now,
  };
  const id = (index: number): string => makeId('ent', subscription.branch, BORN_AT, no * 4 + index);
  const bought = ['dedicated-ip', 'cpanel-block'].slice(0, ADD_ONS[no % 5]);
  const rows = bought.map((component_id, index) => ({
    ...common,
    id: id(index + 1),
    component_id,
    state: 'bought',
    quantity: 1 + (no % 3),
    renews: !(index === 0 && no % 20 === 4),
  }));
  if (Temporal.PlainDate.compare(subscription.subscribedOn, UNBUNDLED_ON) >= 0) return rows;
  const state = isNoticed(one) ? 'grandfathered' : 'included';
  return [
    { ...common, id: id(0), component_id: 'whmcs', state, quantity: 1, renews: true },
    ...rows,
  ];
}
