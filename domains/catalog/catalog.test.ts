import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '#kit/refusal.ts';
import type { Actor } from '#platform/actor.ts';
import { createBrand } from '#domains/brands/index.ts';
import { createSeller } from '#domains/sellers/index.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { planWhmcsChange, seedDemoCatalogue } from './demo.ts';
import { draftEdition } from './draft-edition.ts';
import type { EditionDraft } from './edition-draft.ts';
import { listEditions, readEdition, staffEdition } from './edition-view.ts';
import { date, growPrice } from './fixtures.ts';
import { inclusionOf } from './inclusion-of.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { nothingNoticed } from './noticed.ts';
import { priceOf } from './price-of.ts';
import { publishEdition, withdrawEdition } from './publish-edition.ts';
import { readGoods } from './read-goods.ts';
import { readShop } from './read-shop.ts';
import { atPurchase } from './standing.ts';

const LEGAL = { name: { ru: 'О', en: 'O' }, address: { ru: '-', en: '-' }, taxId: '1' };

let test: TestRuntime;
let operatorId: string;
let resellerId: string;
let operatorBrandId: string;
let resellerBrandId: string;

beforeEach(async () => {
  test = await startTestRuntime({
    now: '2023-02-01T09:00:00Z',
    parts: { subscribers: [], jobs: [], agenda: [] },
  });
  await test.run(async (ctx) => {
    const shared = { zone: 'Europe/Moscow', country: 'RU', legal: LEGAL };
    const operator = await createSeller(ctx, { ...shared, parentId: null, name: 'Operator' });
    const reseller = await createSeller(ctx, {
      ...shared,
      parentId: operator.id,
      name: 'Reseller',
    });
    operatorId = operator.id;
    resellerId = reseller.id;
    operatorBrandId = (await createBrand(ctx, brandOf(operator.id, 'localhost'))).id;
    resellerBrandId = (await createBrand(ctx, brandOf(reseller.id, 'northbyte.localhost'))).id;
    await seedDemoCatalogue(ctx, { operatorId, resellerId });
  });
});

afterEach(() => test.stop());

function brandOf(sellerId: string, host: string) {
  return {
    sellerId,
    name: host,
    hosts: [host],
    languages: ['ru', 'en'] as const,
    defaultLanguage: 'ru' as const,
    currency: 'RUB',
    accent: '#2f4bd8',
    pricesIncludeTax: true,
    supportEmail: 'help@example.com',
  };
}

function visitor(brandId: string): Actor {
  return { kind: 'anonymous', brandId, address: '127.0.0.1' };
}

function staff(sellerId: string): Actor {
  return {
    kind: 'staff',
    brandId: operatorBrandId,
    userId: 'usr',
    sellerId,
    permissions: ['catalog.read', 'catalog.write'],
    scopes: null,
    address: '127.0.0.1',
  };
}

function draft(over: Partial<EditionDraft> = {}): EditionDraft {
  return {
    title: 'A change',
    effectiveOn: date('2023-04-03'),
    existingOn: null,
    noticeDays: 30,
    prices: [growPrice(99_900, { item: { kind: 'plan', id: 'linux-grow' } })],
    inclusions: [],
    ...over,
  };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof Refusal ? error.code : String(error);
}

const plan = (editionDraft: EditionDraft, sellerId = operatorId) =>
  test.run((ctx) => draftEdition(ctx, sellerId, editionDraft));
const publish = (id: string) => test.run((ctx) => publishEdition(ctx, id));
const publishNew = async (editionDraft: EditionDraft) => publish((await plan(editionDraft)).id);
const growOn = (day: string, sellerId = operatorId) =>
  test.run(async (ctx) => {
    const price = priceOf(await loadCatalogue(ctx, sellerId), {
      ...atPurchase(date(day)),
      sellerId,
      audience: 'clients',
      item: { kind: 'plan', id: 'linux-grow' },
      currency: 'RUB',
      termMonths: 1,
      action: 'add',
    });
    return price?.monthlyMinor ?? null;
  });

describe('the shop window', () => {
  it('shows the operator’s plans with a price for every term that falls as it grows', async () => {
    const shop = await test.run((ctx) => readShop(ctx), visitor(operatorBrandId));
    expect(shop.products.map(({ id }) => id)).toEqual([
      'reseller-hosting-linux',
      'reseller-hosting-windows',
    ]);
    const start = shop.products[0]?.plans[0];
    expect(start?.id).toBe('linux-start');
    expect(start?.included).toEqual(['whmcs']);
    expect(start?.addons.map(({ componentId }) => componentId)).toEqual([
      'dedicated-ip',
      'cpanel-block',
      'website-protection',
    ]);
    expect(start?.prices.map(({ termMonths }) => termMonths)).toEqual([1, 3, 6, 12, 24, 36]);
    expect(start?.prices[3]).toMatchObject({
      monthlyMinor: 64_000,
      totalMinor: 768_000,
      savingMinor: 180_000,
      renewMonthlyMinor: 64_000,
    });
    for (const product of shop.products) {
      for (const { prices } of product.plans) {
        const monthly = prices.map((price) => price.monthlyMinor);
        expect(monthly).toEqual(monthly.toSorted((a, b) => b - a));
      }
    }
  });

  it('shows a reseller’s visitors the reseller’s own prices', async () => {
    const shop = await test.run((ctx) => readShop(ctx), visitor(resellerBrandId));
    expect(shop.products[0]?.plans[0]?.prices[0]?.monthlyMinor).toBe(91_000);
  });

  it('does not offer what the reseller has not priced', async () => {
    await test.run(async (ctx) => {
      const below = await createSeller(ctx, {
        parentId: resellerId,
        name: 'Below',
        zone: 'Europe/Moscow',
        country: 'RU',
        legal: LEGAL,
      });
      const brand = await createBrand(ctx, brandOf(below.id, 'below.localhost'));
      resellerBrandId = brand.id;
      const price = growPrice(200_000, { item: { kind: 'plan', id: 'linux-pro' }, termMonths: 12 });
      const edition = await draftEdition(ctx, below.id, draft({ prices: [price] }));
      await publishEdition(ctx, edition.id);
    });
    await test.moveTo('2023-04-03T00:00:00Z');
    const shop = await test.run((ctx) => readShop(ctx), visitor(resellerBrandId));
    expect(shop.products.map(({ plans }) => plans.map(({ id }) => id))).toEqual([['linux-pro']]);
    expect(shop.products[0]?.plans[0]?.prices.map(({ termMonths }) => termMonths)).toEqual([
      12, 24, 36,
    ]);
    expect(shop.products[0]?.plans[0]?.addons).toEqual([]);
  });

  it('changes on the seller’s local date and not an hour before', async () => {
    await test.run((ctx) => planWhmcsChange(ctx, { operatorId, resellerId }));
    const startOf = async (brandId: string) => {
      const shop = await test.run((ctx) => readShop(ctx), visitor(brandId));
      return shop.products[0]?.plans[0];
    };
    const before = await test.run((ctx) => readShop(ctx), visitor(operatorBrandId));
    expect(before.coming).toEqual([
      { componentId: 'whmcs', on: '2023-04-03', monthlyMinor: 80_000 },
    ]);
    // 3 April begins in Moscow at 21:00 UTC of the day before.
    await test.moveTo('2023-04-02T20:59:59Z');
    expect((await startOf(operatorBrandId))?.included).toEqual(['whmcs']);
    await test.moveTo('2023-04-02T21:00:00Z');
    const start = await startOf(operatorBrandId);
    expect(start?.included).toEqual([]);
    const whmcs = start?.addons.find(({ componentId }) => componentId === 'whmcs');
    expect(whmcs?.prices[3]).toMatchObject({ monthlyMinor: 80_000, totalMinor: 960_000 });
    const after = await test.run((ctx) => readShop(ctx), visitor(operatorBrandId));
    expect(after.coming).toEqual([]);
    const resold = (await startOf(resellerBrandId))?.addons;
    expect(resold?.find(({ componentId }) => componentId === 'whmcs')?.prices[0]).toMatchObject({
      monthlyMinor: 90_000,
    });
  });
});

describe('an edition', () => {
  it('counts for nothing as a draft, and at once when it is published', async () => {
    const { id } = await plan(draft({ effectiveOn: date('2023-02-01') }));
    expect(await growOn('2023-02-01')).toBe(149_000n);
    const published = await publish(id);
    expect(published.no).toBe(2);
    expect(await growOn('2023-02-01')).toBe(99_900n);
  });

  it('is announced with its dates and stands in its seller’s branch', async () => {
    const { id } = await publishNew(draft({ existingOn: date('2023-05-01') }));
    const { rows } = await test.run((ctx) =>
      sql`select payload from event where subject_id = ${id} and name = 'edition.published'`.execute(
        ctx.tx,
      ),
    );
    expect(rows).toEqual([
      {
        payload: {
          sellerId: operatorId,
          no: 2,
          title: 'A change',
          effectiveOn: '2023-04-03',
          existingOn: '2023-05-01',
          noticeDays: 30,
        },
      },
    ]);
  });

  it('may not reach into the past, save the first of a seller', async () => {
    const yesterday = draft({ effectiveOn: date('2023-01-31') });
    expect(await refusal(publishNew(yesterday))).toBe('edition-starts-in-the-past');
  });

  it('is published once', async () => {
    const { id } = await publishNew(draft());
    expect(await refusal(publish(id))).toBe('edition-not-draft');
  });

  it('says something', async () => {
    expect(await refusal(publishNew(draft({ prices: [] })))).toBe('edition-empty');
  });

  it('does not change afterwards, not even by SQL', async () => {
    const { id } = await publishNew(draft());
    const change = (statement: string) =>
      refusal(test.run((ctx) => sql.raw(statement).execute(ctx.tx)));
    const words = 'a published edition does not change';
    expect(
      await change(`update edition_price set monthly_minor = 1 where edition_id = '${id}'`),
    ).toContain(words);
    expect(await change(`delete from edition_price where edition_id = '${id}'`)).toContain(words);
    expect(
      await change(`insert into edition_inclusion values ('${id}', 'linux-grow', 'whmcs', 'none')`),
    ).toContain(words);
  });

  it('may be withdrawn before its day and not on it', async () => {
    const { id } = await publishNew(draft());
    const other = await publishNew(draft({ title: 'Another' }));
    await test.run((ctx) => withdrawEdition(ctx, id));
    expect(await refusal(test.run((ctx) => withdrawEdition(ctx, id)))).toBe(
      'edition-not-published',
    );
    await test.moveTo('2023-04-02T21:00:00Z');
    expect(await refusal(test.run((ctx) => withdrawEdition(ctx, other.id)))).toBe(
      'edition-in-force',
    );
  });

  it.each([
    ['edition-existing-before-new', { existingOn: date('2023-04-02') }],
    ['plan-not-found', { prices: [growPrice(1, { item: { kind: 'plan', id: 'nothing' } })] }],
    ['component-not-found', { prices: [growPrice(1, { item: { kind: 'component', id: 'x' } })] }],
    [
      'currency-unknown',
      { prices: [growPrice(1, { item: { kind: 'plan', id: 'linux-pro' }, currency: 'XXX' })] },
    ],
    [
      'price-stands-twice',
      { prices: [1, 2].map((n) => growPrice(n, { item: { kind: 'plan', id: 'linux-pro' } })) },
    ],
    [
      'inclusion-stands-twice',
      {
        inclusions: (['none', 'addon'] as const).map((mode) => ({
          planId: 'linux-pro',
          componentId: 'whmcs',
          mode,
        })),
      },
    ],
  ] as const)('is refused as %s', async (code, over) => {
    expect(await refusal(plan(draft({ ...over })))).toBe(code);
  });

  it('of a reseller sets prices and leaves the operator’s plans alone', async () => {
    const inclusions = [{ planId: 'linux-pro', componentId: 'whmcs', mode: 'none' as const }];
    expect(await refusal(plan(draft({ inclusions }), resellerId))).toBe('plan-of-another-seller');
  });

  it('published twice at once gets two numbers', async () => {
    const first = await plan(draft());
    const second = await plan(draft());
    const published = await Promise.all([publish(first.id), publish(second.id)]);
    expect(new Set(published.map(({ no }) => no))).toEqual(new Set([2, 3]));
  });

  it('that fails to be published leaves nothing behind, in memory neither', async () => {
    const { id } = await plan(draft({ effectiveOn: date('2023-02-01') }));
    const failed = test.run(async (ctx) => {
      await publishEdition(ctx, id);
      expect((await loadCatalogue(ctx, operatorId)).editions).toHaveLength(2);
      throw new Error('the operation fails later');
    });
    await expect(failed).rejects.toThrow('the operation fails later');
    expect(await growOn('2023-02-01')).toBe(149_000n);
    expect((await publish(id)).no).toBe(2);
    expect(await growOn('2023-02-01')).toBe(99_900n);
  });
});

describe('the decoupling of WHMCS', () => {
  it('reaches an existing subscription at its renewal only after notice', async () => {
    await test.run((ctx) => planWhmcsChange(ctx, { operatorId, resellerId }));
    const mode = (sellerId: string, noticed: () => boolean) =>
      test.run(async (ctx) => {
        const ask = {
          planId: 'windows-pro',
          componentId: 'whmcs',
          subscribedOn: date('2022-05-10'),
          boundaryOn: date('2023-05-10'),
          noticed,
        };
        return inclusionOf(await loadCatalogue(ctx, sellerId), ask).mode;
      });
    expect(await mode(operatorId, nothingNoticed as () => boolean)).toBe('included');
    expect(await mode(operatorId, () => true)).toBe('addon');
    expect(await mode(resellerId, () => true)).toBe('addon');
  });

  it('is shown to staff as what it changes, for all six plans', async () => {
    const { operatorEdition } = await test.run((ctx) =>
      planWhmcsChange(ctx, { operatorId, resellerId }),
    );
    const id = operatorEdition.id;
    const view = await test.run((ctx) => readEdition(ctx, { id }), staff(operatorId));
    expect(view.phase).toBe('planned');
    expect(view.unbundled).toEqual(['whmcs']);
    const inclusions = view.differences.filter(({ kind }) => kind === 'inclusion');
    expect(inclusions).toHaveLength(6);
    expect(inclusions[0]).toMatchObject({ before: 'included', after: 'addon' });
    const price = view.differences.find(
      (one) => one.kind === 'price' && one.audience === 'clients' && one.termMonths === 12,
    );
    expect(price).toMatchObject({ before: null, after: { minor: 80_000, currency: 'RUB' } });
  });
});

describe('staff', () => {
  it('see their own editions and those of sellers below, and nobody else’s', async () => {
    const own = await test.run((ctx) => listEditions(ctx, {}), staff(resellerId));
    expect(own.items).toHaveLength(1);
    const below = await test.run(
      (ctx) => listEditions(ctx, { sellerId: resellerId }),
      staff(operatorId),
    );
    expect(below.items).toEqual(own.items);
    const above = test.run((ctx) => listEditions(ctx, { sellerId: operatorId }), staff(resellerId));
    expect(await refusal(above)).toBe('seller-not-found');
    const foreign = await plan(draft());
    const stolen = test.run((ctx) => staffEdition(ctx, foreign.id), staff(resellerId));
    expect(await refusal(stolen)).toBe('edition-not-found');
  });

  it('of a reseller see what the operator asks of them beside their own prices', async () => {
    const goods = await test.run((ctx) => readGoods(ctx, {}), staff(resellerId));
    const of = (book: string) =>
      goods.prices.find(
        (row) =>
          row.book === book &&
          row.item.id === 'linux-start' &&
          row.action === 'add' &&
          row.termMonths === 1,
      )?.monthly.minor;
    expect(of('cost')).toBe(60_000);
    expect(of('clients')).toBe(91_000);
    expect(of('resellers')).toBeUndefined();
    expect(goods.products.every(({ isOwn }) => !isOwn)).toBe(true);
  });
});
