import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Visitor } from '#test/harness/visitor.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

const CART = {
  productId: 'reseller-hosting-linux',
  planId: 'linux-grow',
  termMonths: 12,
  domainName: 'example.ru',
};

let shop: TestShop;
let visitor: Visitor;
beforeAll(async () => {
  shop = await startShop({ now: '2023-02-10T09:00:00Z' });
  visitor = new Visitor(shop.app);
});
afterAll(() => shop.stop());

describe('the price of a cart', () => {
  it('is told to anybody, line by line, with the tax inside', async () => {
    const { status, body } = await visitor.call('POST', '/v1/shop/quote', {
      ...CART,
      addOns: [{ componentId: 'dedicated-ip', quantity: 2 }],
    });
    expect(status).toBe(200);
    // 12 × 1 190.00; 12 × 250.00 × 2; VAT 20/120 of the sum.
    expect(body).toMatchObject({ currency: 'RUB', totalMinor: 20_280_00, taxMinor: 3_380_00 });
    expect(body.lines).toMatchObject([
      { kind: 'package', totalMinor: 14_280_00, state: 'bought', periodEnd: '2024-02-10' },
      { kind: 'addon', itemId: 'dedicated-ip', quantity: 2, totalMinor: 6_000_00 },
      { kind: 'addon', itemId: 'whmcs', totalMinor: 0, state: 'included' },
    ]);
  });

  it('is reduced by a promo code, on the package alone', async () => {
    const { body } = await visitor.call('POST', '/v1/shop/quote', {
      ...CART,
      addOns: [{ componentId: 'dedicated-ip', quantity: 1 }],
      promo: 'start10',
    });
    // 14 280.00 − 10 % + 3 000.00
    expect(body).toMatchObject({ totalMinor: 15_852_00, discountCode: 'START10' });
  });

  it('has no Russian tax for a buyer abroad', async () => {
    const { body } = await visitor.call('POST', '/v1/shop/quote', { ...CART, country: 'KZ' });
    expect(body.tax).toMatchObject({ rateBp: 0, reason: 'buyer-abroad' });
  });

  it.each([
    ['an unknown product', { productId: 'vps' }, 'plan-not-found'],
    ['an unknown plan', { planId: 'linux-huge' }, 'plan-not-found'],
    ['a plan of another product', { planId: 'windows-grow' }, 'plan-not-found'],
    ['a term nobody sells', { termMonths: 5 }, 'term-invalid'],
    ['no term at all', { termMonths: 0 }, 'term-invalid'],
    ['a negative term', { termMonths: -12 }, 'term-invalid'],
    ['half a term', { termMonths: 1.5 }, 'term-invalid'],
    ['no domain name', { domainName: 'localhost' }, 'domain-name-invalid'],
    ['a URL', { domainName: 'https://example.ru/' }, 'domain-name-invalid'],
    ['markup', { domainName: '<script>.ru' }, 'domain-name-invalid'],
    ['an unknown add-on', { addOns: [{ componentId: 'gold' }] }, 'component-not-found'],
    [
      'what the plan includes',
      { addOns: [{ componentId: 'whmcs' }] },
      'component-already-included',
    ],
    [
      'a negative quantity',
      { addOns: [{ componentId: 'dedicated-ip', quantity: -1 }] },
      'quantity-invalid',
    ],
    ['none of it', { addOns: [{ componentId: 'dedicated-ip', quantity: 0 }] }, 'quantity-invalid'],
    [
      'half of it',
      { addOns: [{ componentId: 'dedicated-ip', quantity: 0.5 }] },
      'quantity-invalid',
    ],
    ['too many', { addOns: [{ componentId: 'dedicated-ip', quantity: 5 }] }, 'quantity-too-large'],
    [
      'a huge quantity',
      { addOns: [{ componentId: 'dedicated-ip', quantity: 1e15 }] },
      'quantity-too-large',
    ],
    [
      'one add-on twice',
      { addOns: [{ componentId: 'dedicated-ip' }, { componentId: 'dedicated-ip' }] },
      'component-chosen-twice',
    ],
    ['an unknown promo', { promo: 'FREE' }, 'promo-not-found'],
    ['a promo for longer terms', { termMonths: 1, promo: 'START10' }, 'promo-not-for-this-term'],
    ['a country that is none', { country: 'Russia' }, 'input-invalid'],
    ['words for a number', { termMonths: 'year' }, 'input-invalid'],
  ])('%s is refused by name', async (_, wrong, code) => {
    const { status, body } = await visitor.call('POST', '/v1/shop/quote', { ...CART, ...wrong });
    expect(body.code).toBe(code);
    expect([404, 409, 422]).toContain(status);
  });
});

describe('ordering', () => {
  let anna: Shopper;
  beforeAll(async () => {
    anna = await shop.shopper();
  });

  const order = (over: object = {}) =>
    anna.call('POST', '/v1/orders', { ...CART, expectedTotalMinor: 14_280_00, ...over });

  it('at another price than was shown is refused with the present one', async () => {
    const { status, body } = await order({ expectedTotalMinor: 14_279_00 });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'price-changed', params: { totalMinor: 14_280_00 } });
  });

  it('without a domain name is refused beside its field', async () => {
    const { body } = await order({ domainName: ' ' });
    expect(body).toMatchObject({ code: 'domain-name-missing', field: 'domainName' });
  });

  it('and paying from an empty balance leaves nothing behind', async () => {
    const { body } = await order({ payFromBalance: true });
    expect(body).toMatchObject({ code: 'balance-too-low', params: { missingMinor: 14_280_00 } });
    expect((await anna.ok('GET', '/v1/orders')).items).toEqual([]);
    expect((await anna.ok('GET', '/v1/subscriptions')).items).toEqual([]);
    expect((await anna.ok('GET', '/v1/invoices')).items).toEqual([]);
  });

  it('needs an idempotency key, and the same checkout sent twenty times orders once', async () => {
    const bare = new Visitor(shop.app);
    await bare.call('POST', '/v1/account', {
      email: 'twenty@example.test',
      password: 'correct horse battery',
      name: 'Двадцать',
      country: 'RU',
      language: 'ru',
    });
    const body = { ...CART, domainName: 'twenty.ru', expectedTotalMinor: 14_280_00 };
    expect((await bare.call('POST', '/v1/orders', body)).body.code).toBe('idempotency-key-missing');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        bare.call('POST', '/v1/orders', body, { 'idempotency-key': 'one-checkout' }),
      ),
    );
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    const { body: orders } = await bare.call('GET', '/v1/orders');
    expect(orders.items).toHaveLength(1);
  });

  it('a second package for the same domain is refused', async () => {
    expect((await order()).status).toBe(200);
    expect((await order()).body.code).toBe('domain-name-taken');
  });

  it('with a code that may be used once is refused the second time', async () => {
    const promo = { promo: 'START10', expectedTotalMinor: 12_852_00 };
    expect((await order({ ...promo, domainName: 'promo-1.ru' })).status).toBe(200);
    const second = await order({ ...promo, domainName: 'promo-2.ru' });
    expect(second.body.code).toBe('promo-already-used');
  });

  it('nobody pays: the order, its invoice and its package end after 14 days, the code is free again', async () => {
    await shop.moveTo('2023-02-25T09:00:00Z');
    const { items } = await anna.ok('GET', '/v1/orders');
    expect(
      items.map((one: { state: string; cancelledFor: string }) => [one.state, one.cancelledFor]),
    ).toEqual([
      ['cancelled', 'expired'],
      ['cancelled', 'expired'],
    ]);
    const invoices = await anna.ok('GET', '/v1/invoices');
    expect(invoices.items.map((one: { state: string }) => one.state)).toEqual(['void', 'void']);
    const again = await order({ promo: 'START10', expectedTotalMinor: 12_852_00 });
    expect(again.status).toBe(200);
  });

  it('a stranger sees and does nothing with it', async () => {
    const stranger = await shop.shopper();
    const [mine] = (await anna.ok('GET', '/v1/orders')).items;
    for (const [method, path] of [
      ['GET', `/v1/orders/${mine.id}`],
      ['POST', `/v1/orders/${mine.id}/cancel`],
      ['POST', `/v1/orders/${mine.id}/retry`],
    ] as const) {
      expect((await stranger.call(method, path, method === 'GET' ? undefined : {})).body.code).toBe(
        'order-not-found',
      );
    }
    for (const [method, path, body] of [
      ['GET', `/v1/subscriptions/${mine.subscriptionId}`, undefined],
      ['GET', `/v1/subscriptions/${mine.subscriptionId}/renewal`, undefined],
      ['GET', `/v1/subscriptions/${mine.subscriptionId}/add-ons`, undefined],
      [
        'POST',
        `/v1/subscriptions/${mine.subscriptionId}/add-ons/quote`,
        { componentId: 'dedicated-ip' },
      ],
      ['POST', `/v1/subscriptions/${mine.subscriptionId}/renewal/quote`, { termMonths: 12 }],
      ['PUT', `/v1/subscriptions/${mine.subscriptionId}/auto-renew`, { autoRenew: false }],
    ] as const) {
      expect((await stranger.call(method, path, body)).body.code).toBe('subscription-not-found');
    }
  });
});
