import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messagesOf, renderMail } from '#domains/messages/index.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';
import { Visitor } from '#test/harness/visitor.ts';
import { wrongAfter } from '#test/harness/wrong-after.ts';
import { verifyWebhooks, webhookDoorKind } from './index.ts';
import { openReceiver } from './webhooks-test.ts';
import type { Received } from './webhooks-test.ts';

type Staff = Awaited<ReturnType<TestShop['staff']>>;
const CART = { productId: 'reseller-hosting-linux', planId: 'linux-start', termMonths: 12 };

let shop: TestShop;
let client: Shopper;
let staff: Staff;
let receiver: Awaited<ReturnType<typeof openReceiver>>;

beforeAll(async () => {
  shop = await startShop();
  shop.runtime.extensions.register(webhookDoorKind, { id: 'webhooks', allowLoopback: true });
  [client, staff, receiver] = [await shop.shopper(), await shop.staff(), await openReceiver()];
});
afterAll(async () => {
  await receiver.close();
  await shop.stop();
});
beforeEach(() => {
  receiver.received.length = 0;
  receiver.status = 200;
});

const listen = (who: Staff, events: string[], root = '/v1/webhooks') =>
  who.ok('POST', root, { url: receiver.url, events });
const ask = (who: Staff, subject = 'Вопрос') =>
  who.ok('POST', '/v1/tickets', { subject, text: 'Секретный текст' });
const codeOf = async (answer: ReturnType<Shopper['call']>) => {
  const { status, body } = await answer;
  return [status, body.code];
};
const remove = async (who: Staff, id: string, root = '/v1/webhooks') => {
  await who.ok('DELETE', `${root}/${id}`, {});
};

/** As a receiver would, by hand. */
function isSignedBy(secret: string, { headers, body }: Received): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures } = headers;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
  return String(signatures).split(' ').includes(`v1,${expected}`);
}

describe('a webhook', () => {
  it('brings an event, signed, once, with what was promised', async () => {
    const { id, secret } = await listen(client, ['ticket.opened']);
    const ticket = await ask(client, 'Не открывается');
    await shop.settle();
    const [got, ...more] = receiver.received;
    expect(more).toEqual([]);
    if (!got) throw new Error('nothing came');
    expect(isSignedBy(secret, got)).toBe(true);
    expect(isSignedBy(`whsec_${Buffer.alloc(32).toString('base64')}`, got)).toBe(false);
    const skewMs = Math.abs(Number(got.headers['webhook-timestamp']) * 1000 - Date.now());
    expect(skewMs).toBeLessThan(60_000);
    expect(JSON.parse(got.body)).toEqual({
      type: 'ticket.opened',
      version: 1,
      timestamp: shop.clock.now().toString(),
      data: {
        clientId: client.clientId,
        ticketId: ticket.id,
        number: ticket.number,
        department: 'support',
        subject: 'Не открывается',
        state: 'open',
        priority: 'normal',
        openedBy: 'client',
      },
    });
    const { items } = await client.ok('GET', `/v1/webhooks/${id}/deliveries`);
    expect(items).toMatchObject([{ state: 'sent', status: 200, attempts: 1, nextAttemptAt: null }]);
    const detail = await client.ok('GET', `/v1/webhooks/${id}/deliveries/${items[0].id}`);
    expect([detail.body, detail.answer]).toEqual([got.body, 'ok']);
    // Its secret is told once, and lies nowhere as it is.
    expect(JSON.stringify(await client.ok('GET', '/v1/webhooks'))).not.toContain('whsec_');
    const kept = await sql`
      select key from idempotency_key where response::text like '%whsec%'
      union all select id from audit_entry where input::text like '%whsec%'
      union all select id from webhook_endpoint e where e::text like '%whsec%'`.execute(
      shop.runtime.db,
    );
    expect(kept.rows).toEqual([]);
    await remove(client, id);
  });

  it('tells of a sale from the order to the delivery', async () => {
    const { items, events } = await client.ok('GET', '/v1/webhooks');
    expect(items).toEqual([]);
    const names = events.map((one: { name: string }) => one.name);
    expect(names).not.toContain('node.silent');
    const { id } = await listen(client, names);
    const buyer = client;
    await shop.fund(buyer, 100_000_00n);
    const quote = await buyer.ok('POST', '/v1/shop/quote', CART);
    const cart = { ...CART, domainName: 'hooks.example', payFromBalance: true };
    await buyer.ok('POST', '/v1/orders', { ...cart, expectedTotalMinor: quote.totalMinor });
    await shop.settle();
    for (const type of [
      ...['order.placed', 'invoice.issued', 'invoice.paid', 'order.paid', 'order.done'],
      ...['subscription.activated', 'entitlement.added', 'delivery.done', 'licence.issued'],
    ]) {
      expect(receiver.types(), type).toContain(type);
    }
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(ids.length);
    await remove(client, id);
  });

  it('is tried again under the same id until it is taken, and shows what it waits for', async () => {
    const { id } = await listen(client, ['ticket.opened']);
    receiver.status = 503;
    await ask(client);
    await shop.settle();
    const list = () => client.ok('GET', `/v1/webhooks/${id}/deliveries`);
    const [waiting] = (await list()).items;
    expect(waiting).toMatchObject({ state: 'queued', status: 503, attempts: 1 });
    expect(waiting.nextAttemptAt).toBe(shop.clock.now().add({ seconds: 5 }).toString());
    receiver.status = 200;
    await shop.moveTo(shop.clock.now().add({ seconds: 6 }).toString());
    expect((await list()).items[0]).toMatchObject({ state: 'sent', attempts: 2 });
    const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
    expect([receiver.received.length, ids.size]).toEqual([2, 1]);
    await remove(client, id);
  });

  it('is switched off after three days in vain, and its owner is told', async () => {
    const { id } = await listen(client, ['ticket.opened']);
    receiver.status = 500;
    await ask(client);
    await shop.moveTo(
      shop.clock
        .now()
        .add({ hours: 24 * 4 })
        .toString(),
    );
    expect(receiver.received).toHaveLength(10);
    const endpoint = await client.ok('GET', `/v1/webhooks/${id}`);
    expect(endpoint).toMatchObject({ isOn: false, offCause: 'failing' });
    const mails = (await shop.mailTo(client)).filter(({ template }) =>
      template.startsWith('webhooks.'),
    );
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain(`/account/webhooks/${id}`);
    await ask(client);
    await shop.settle();
    expect(receiver.received).toHaveLength(10);

    // Mended: on again, and what did not arrive is sent once more.
    receiver.status = 200;
    const { url, events } = endpoint;
    await client.ok('PUT', `/v1/webhooks/${id}`, { url, events, isOn: true });
    const { items } = await client.ok('GET', `/v1/webhooks/${id}/deliveries?state=failed`);
    await client.ok('POST', `/v1/webhooks/${id}/deliveries/${items[0].id}/again`, {});
    await shop.settle();
    expect(receiver.received).toHaveLength(11);
    expect((await client.ok('GET', `/v1/webhooks/${id}/deliveries`)).items).toMatchObject([
      { id: items[0].id, state: 'sent' },
    ]);
    await remove(client, id);
  });

  it('is switched off at once by a receiver that says it is gone', async () => {
    const { id } = await listen(client, ['ticket.opened']);
    receiver.status = 410;
    await ask(client);
    await shop.settle();
    expect(await client.ok('GET', `/v1/webhooks/${id}`)).toMatchObject({ offCause: 'gone' });
    const again = client.call('POST', `/v1/webhooks/${id}/test`, {});
    expect(await codeOf(again)).toEqual([409, 'webhook-off']);
    await remove(client, id);
  });

  it('is signed by two secrets for a day when the secret is changed', async () => {
    const { id, secret: old } = await listen(client, ['ticket.opened']);
    const { secret } = await client.ok('POST', `/v1/webhooks/${id}/secret`, {});
    const test = async () => {
      await client.ok('POST', `/v1/webhooks/${id}/test`, {});
      await shop.settle();
      return receiver.received.at(-1) as Received;
    };
    const both = await test();
    expect([isSignedBy(secret, both), isSignedBy(old, both)]).toEqual([true, true]);
    expect(JSON.parse(both.body)).toMatchObject({ type: 'webhook.test' });
    await shop.moveTo(shop.clock.now().add({ hours: 24 }).toString());
    const one = await test();
    expect([isSignedBy(secret, one), isSignedBy(old, one)]).toEqual([true, false]);
    await remove(client, id);
  });
});

describe('who hears what', () => {
  it('a client hears of its own, a seller of its shops and of those below, as its staff see it', async () => {
    const theirs = await shop.shopper({ host: 'northbyte.localhost' });
    const reseller = await shop.staff('northbyte.localhost');
    const events = ['ticket.opened', 'order.placed'];
    const admin = '/v1/admin/webhooks';
    const others = await listen(client, events);
    const own = await listen(theirs, events);
    const resellers = await listen(reseller, events, admin);
    const operators = await listen(staff, events, admin);
    await ask(theirs);
    const quote = await theirs.ok('POST', '/v1/shop/quote', CART);
    const cart = { ...CART, domainName: 'below.example' };
    await theirs.ok('POST', '/v1/orders', { ...cart, expectedTotalMinor: quote.totalMinor });
    await shop.settle();
    const heard = async (who: Staff, id: string, root = '/v1/webhooks') =>
      (await who.ok('GET', `${root}/${id}/deliveries`)).items
        .map((one: { event: string }) => one.event)
        .toSorted();
    expect(await heard(client, others.id)).toEqual([]);
    expect(await heard(theirs, own.id)).toEqual(['order.placed', 'ticket.opened']);
    expect(await heard(reseller, resellers.id, admin)).toEqual(['order.placed', 'ticket.opened']);
    // Talk below is not for those above.
    expect(await heard(staff, operators.id, admin)).toEqual(['order.placed']);
    for (const [who, path] of [
      [client, `/v1/webhooks/${own.id}`],
      [staff, `${admin}/${resellers.id}`],
      [reseller, `${admin}/${operators.id}`],
    ] as const) {
      expect(await codeOf(who.call('GET', path))).toEqual([404, 'webhook-not-found']);
      expect(await codeOf(who.call('DELETE', path, {}))).toEqual([404, 'webhook-not-found']);
    }
    await remove(client, others.id);
    await remove(staff, operators.id, admin);
  });

  it('a key hears by an address nothing that it could not ask for', async () => {
    const scopes = ['webhooks.read', 'webhooks.write', 'support.read'];
    const { key } = await client.ok('POST', '/v1/api-keys', { name: 'k', scopes, days: null });
    const program = new Visitor(shop.app, { key });
    const listenFor = (event: string) =>
      codeOf(program.call('POST', '/v1/webhooks', { url: receiver.url, events: [event] }));
    expect(await listenFor('invoice.paid')).toEqual([403, 'scope-missing']);
    expect(await listenFor('node.silent')).toEqual([422, 'webhook-event-unknown']);
    expect((await listenFor('ticket.opened'))[0]).toBe(200);
  });

  it('an address inside is refused', async () => {
    for (const url of ['http://192.168.0.10/', 'https://169.254.169.254/', 'https://[fd00::1]/']) {
      const answer = client.call('POST', '/v1/webhooks', { url, events: ['ticket.opened'] });
      expect(await codeOf(answer), url).toEqual([422, 'webhook-url-invalid']);
    }
  });

  it('seller’s staff are told by mail of what is switched off', async () => {
    const admin = '/v1/admin/webhooks';
    const { id } = await listen(staff, ['ticket.opened'], admin);
    receiver.status = 410;
    await ask(client);
    await shop.settle();
    const brandIds = [shop.shops.operatorBrand.id];
    const mails = await shop.run((ctx) => messagesOf(ctx, { brandIds, limit: 20 }));
    const mail = mails.find((one) => renderMail(one).text.includes(`/admin/webhooks/${id}`));
    expect(mail?.toAddress).toMatch(/^staff-\d+@stoika\.test$/);
  });

  it('leaves nothing that verify would complain of, and it would complain', async () => {
    const after = (tampering: string) => wrongAfter(shop, verifyWebhooks, tampering);
    expect(await after('select 1')).toEqual([]);
    const another = await shop.shopper();
    await listen(another, ['ticket.opened']);
    await ask(another);
    await shop.settle();
    expect(await after(`update webhook_delivery set endpoint_id = id`)).toEqual([
      'every webhook delivery is of an address that is there, and none waits for one that is off',
    ]);
    const unsent = `update webhook_delivery set state = 'failed', status = null, error = null,
      next_attempt_at = null`;
    expect(await after(unsent)).toEqual([
      'every webhook delivery was taken with a 2xx, waits, or says why not',
    ]);
  });
});
