import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#kit/refusal.ts';
import { createSeller } from '#domains/sellers/index.ts';
import type { Seller } from '#domains/sellers/index.ts';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { date } from './fixtures.ts';
import { createPromo } from './manage-promos.ts';
import type { NewPromo } from './manage-promos.ts';
import type { Promo } from './promo.ts';
import { promoFault } from './promo.ts';
import { selectPromo } from './promo-store.ts';
import { checkPromo, releasePromo, usePromo } from './use-promo.ts';

let test: TestRuntime;
let seller: Seller;

beforeAll(async () => {
  test = await startTestRuntime({ parts: { subscribers: [], jobs: [], agenda: [] } });
  const legal = { name: { ru: 'О', en: 'O' }, address: { ru: '-', en: '-' }, taxId: '1' };
  seller = await test.run((ctx) =>
    createSeller(ctx, {
      parentId: null,
      name: 'Operator',
      zone: 'Europe/Moscow',
      country: 'RU',
      legal,
    }),
  );
});

afterAll(() => test.stop());

const TEN_PERCENT: NewPromo = {
  code: 'TEN',
  gives: { kind: 'percent', basisPoints: 1000 },
  productIds: [],
  planIds: [],
  terms: [],
  validFrom: date('2023-01-01'),
  validUntil: null,
  usesMax: null,
  oncePerClient: false,
};
const PURPOSE = {
  on: date('2023-02-01'),
  productId: 'linux',
  planId: 'grow',
  termMonths: 12,
  currency: 'RUB',
};

function promo(over: Partial<Promo> = {}): Promo {
  return { ...TEN_PERCENT, id: 'p', sellerId: 's', uses: 0, endedAt: null, ...over };
}

const make = (over: Partial<NewPromo>) =>
  test.run((ctx) => createPromo(ctx, seller, { ...TEN_PERCENT, ...over }));
const use = (of: Promo, clientId: string, cause: string) =>
  test.run((ctx) => usePromo(ctx, { promo: of, client: { id: clientId, branch: 7 }, cause }));
const usesOf = async (of: Promo) =>
  (await test.run((ctx) => selectPromo(ctx, { id: of.id })))?.uses;
const check = (code: string, clientId: string | null = null) =>
  test.run((ctx) =>
    checkPromo(ctx, {
      ...PURPOSE,
      sellerId: seller.id,
      code,
      client: clientId ? { id: clientId, branch: 7 } : null,
    }),
  );

async function refusal(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
}

describe('whether a code counts', () => {
  it.each([
    ['a plain one does', {}, null],
    ['before its first day', { validFrom: date('2023-02-02') }, 'promo-not-yet-valid'],
    ['on its last day', { validUntil: date('2023-02-01') }, null],
    ['after its last day', { validUntil: date('2023-01-31') }, 'promo-expired'],
    [
      'when staff ended it',
      { endedAt: Temporal.Instant.from('2023-01-05T00:00Z') },
      'promo-expired',
    ],
    ['when all its uses are taken', { usesMax: 3, uses: 3 }, 'promo-used-up'],
    ['when one is left', { usesMax: 3, uses: 2 }, null],
    ['for another product', { productIds: ['windows'] }, 'promo-not-for-this-plan'],
    ['for another plan', { planIds: ['pro'] }, 'promo-not-for-this-plan'],
    ['for other terms', { terms: [24, 36] as const }, 'promo-not-for-this-term'],
    ['for this term', { terms: [12] as const }, null],
    [
      'in another currency',
      { gives: { kind: 'amount', minor: 100n, currency: 'USD' } as const },
      'promo-not-for-this-currency',
    ],
  ])('%s', (_, over, code) => {
    expect(promoFault(promo(over), PURPOSE)).toBe(code);
  });
});

describe('using a code', () => {
  it('finds it however it is typed, in its own shop only', async () => {
    const made = await make({ code: 'spring-23' });
    expect(made.code).toBe('SPRING-23');
    expect((await check('  Spring-23 ')).id).toBe(made.id);
    expect(await refusal(check('SPRING'))).toBe('promo-not-found');
  });

  it('counts an order once, however often it is placed', async () => {
    const made = await make({ code: 'ONCE-AN-ORDER' });
    await use(made, 'anna', 'order-1');
    await use(made, 'anna', 'order-1');
    await use(made, 'anna', 'order-2');
    expect(await usesOf(made)).toBe(2);
  });

  it('gives each client one use when it says so', async () => {
    const made = await make({ code: 'FIRST', oncePerClient: true });
    await use(made, 'anna', 'order-1');
    expect(await refusal(use(made, 'anna', 'order-2'))).toBe('promo-already-used');
    expect(await refusal(check('FIRST', 'anna'))).toBe('promo-already-used');
    expect(await refusal(check('FIRST', 'boris'))).toBeNull();
    await use(made, 'boris', 'order-3');
    expect(await usesOf(made)).toBe(2);
  });

  it('never gives more uses than it has, with twenty asking at once', async () => {
    const made = await make({ code: 'THREE', usesMax: 3 });
    const asked = Array.from({ length: 20 }, (_, n) =>
      refusal(use(made, `client-${n}`, `order-${n}`)),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer === null)).toHaveLength(3);
    expect(answers.filter((answer) => answer === 'promo-used-up')).toHaveLength(17);
    expect(await usesOf(made)).toBe(3);
  });

  it('gets a use back from an order that came to nothing, once', async () => {
    const made = await make({ code: 'BACK', usesMax: 1, oncePerClient: true });
    await use(made, 'anna', 'order-1');
    const release = () =>
      test.run((ctx) => releasePromo(ctx, { branch: 7, promoId: made.id, cause: 'order-1' }));
    await release();
    await release();
    expect(await usesOf(made)).toBe(0);
    await use(made, 'anna', 'order-2');
    expect(await usesOf(made)).toBe(1);
  });
});

describe('making a code', () => {
  it('is refused when the seller has it already', async () => {
    await make({ code: 'TAKEN' });
    expect(await refusal(make({ code: 'taken' }))).toBe('promo-code-taken');
  });

  it.each([
    ['promo-dates-invalid', { validUntil: date('2022-12-31') }],
    ['product-not-found', { productIds: ['nothing'] }],
    ['plan-not-found', { planIds: ['nothing'] }],
    ['currency-unknown', { gives: { kind: 'amount', minor: 1n, currency: 'XXX' } as const }],
    ['promo-amount-invalid', { gives: { kind: 'amount', minor: 0n, currency: 'RUB' } as const }],
  ])('is refused as %s', async (code, over) => {
    expect(await refusal(make({ code: 'FAULTY', ...over }))).toBe(code);
  });
});
