import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findings } from '#app/verify.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

let shop: TestShop;
let staff: Pick<Shopper, 'call' | 'ok'>;
let count = 0;

beforeAll(async () => {
  shop = await startShop({ now: '2023-05-10T09:00:00Z' });
  staff = await shop.staff();
});
afterAll(async () => {
  const found = await shop.run(findings);
  expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
  await shop.stop();
});

/** A year of Linux Start, 7 680.00 by the list. */
const offer = (change: object = {}) => ({
  cart: {
    productId: 'reseller-hosting-linux',
    planId: 'linux-start',
    termMonths: 12,
    domainName: `offered-${(count += 1)}.example`,
  },
  validUntil: '2023-05-20',
  ...change,
});

const make = (client: Shopper, body: object = offer()) =>
  staff.call('POST', `/v1/admin/clients/${client.clientId}/quotes`, body);

const accept = (client: Shopper, id: string, expectedTotalMinor: number) =>
  client.call('POST', `/v1/quotes/${id}/accept`, { expectedTotalMinor });

describe('a quote', () => {
  it('at an agreed price becomes an order at that price, which shows on its invoice', async () => {
    const client = await shop.shopper();
    const made = await make(client, offer({ agreedMinor: 6_000_00, note: 'Как договорились' }));
    expect([made.status, made.body]).toMatchObject([
      200,
      { standing: 'open', agreed: { minor: 6_000_00 } },
    ]);
    const mails = await shop.mailTo(client);
    expect(mails.map(({ template }) => template)).toContain('orders.quote');
    const { items } = await client.ok('GET', '/v1/quotes');
    expect(items).toMatchObject([
      { note: 'Как договорились', quote: { totalMinor: 6_000_00, taxMinor: 1_000_00 } },
    ]);
    const taken = await accept(client, made.body.id, 6_000_00);
    expect(taken.status).toBe(200);
    const invoice = await client.ok('GET', `/v1/invoices/${taken.body.invoiceId}`);
    expect(invoice).toMatchObject({
      total: { minor: 6_000_00 },
      discountCode: made.body.number,
      lines: [{ list: { minor: 7_680_00 }, discount: { minor: 1_680_00 } }],
    });
    await shop.fund(client, 6_000_00n);
    await client.ok('POST', `/v1/invoices/${taken.body.invoiceId}/pay-from-balance`, {});
    await shop.settle();
    const order = await client.ok('GET', `/v1/orders/${taken.body.orderId}`);
    expect(order.state).toBe('done');
    const again = await accept(client, made.body.id, 6_000_00);
    expect(again.body.orderId).toBe(taken.body.orderId);
  });

  it('without an agreed price holds what the list says today', async () => {
    const client = await shop.shopper();
    const made = await make(client);
    expect(made.body.agreed).toEqual({ minor: 7_680_00, currency: 'RUB' });
  });

  it('dearer than the list by then is taken at the list’s price', async () => {
    const client = await shop.shopper();
    const made = await make(client, offer({ agreedMinor: 9_000_00 }));
    const refused = await accept(client, made.body.id, 9_000_00);
    expect([refused.status, refused.body.code]).toEqual([409, 'price-changed']);
    expect((await accept(client, made.body.id, 7_680_00)).status).toBe(200);
  });

  it('accepted by ten presses at once is one order', async () => {
    const client = await shop.shopper();
    const { body } = await make(client, offer({ agreedMinor: 5_000_00 }));
    const all = await Promise.all(
      Array.from({ length: 10 }, () => accept(client, body.id, 5_000_00)),
    );
    expect(new Set(all.map((answer) => answer.body.orderId)).size).toBe(1);
  });

  it('that was withdrawn, or whose day has passed, is not to be had', async () => {
    const client = await shop.shopper();
    const [first, second] = [await make(client), await make(client)];
    await staff.ok('POST', `/v1/admin/quotes/${first.body.id}/withdraw`, {});
    const withdrawn = await accept(client, first.body.id, 7_680_00);
    expect([withdrawn.status, withdrawn.body.code]).toEqual([409, 'quote-withdrawn']);
    await shop.moveTo('2023-05-21T09:00:00Z');
    const late = await accept(client, second.body.id, 7_680_00);
    expect([late.status, late.body.code]).toEqual([409, 'quote-expired']);
    const { items } = await client.ok('GET', '/v1/quotes');
    expect(items.map(({ standing }: { standing: string }) => standing)).toEqual([
      'expired',
      'withdrawn',
    ]);
  });

  it('of somebody else is not to be found', async () => {
    const [client, stranger] = [await shop.shopper(), await shop.shopper()];
    const { body } = await make(client, offer({ validUntil: '2023-08-01' }));
    const stolen = await accept(stranger, body.id, 7_680_00);
    expect([stolen.status, stolen.body.code]).toEqual([404, 'quote-not-found']);
    const others = await shop.staff('northbyte.localhost');
    const withdrawn = await others.call('POST', `/v1/admin/quotes/${body.id}/withdraw`, {});
    expect([withdrawn.status, withdrawn.body.code]).toEqual([404, 'quote-not-found']);
    const made = await others.call('POST', `/v1/admin/clients/${client.clientId}/quotes`, offer());
    expect([made.status, made.body.code]).toEqual([404, 'client-not-found']);
  });

  it('that ends in the past is refused', async () => {
    const refused = await make(await shop.shopper(), offer({ validUntil: '2023-05-01' }));
    expect([refused.status, refused.body.code]).toEqual([422, 'valid-until-invalid']);
  });
});
