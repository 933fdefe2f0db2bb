import { afterAll, beforeAll, expect, it } from 'vitest';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';
import { Visitor } from '#test/harness/visitor.ts';
import { sendMail } from './index.ts';

let shop: TestShop;
let owner: Pick<Shopper, 'call' | 'ok'>;
let id = '';

beforeAll(async () => {
  shop = await startShop();
  owner = await shop.staff();
  id = await shop.run((ctx) =>
    sendMail(ctx, {
      brandId: shop.shops.operatorBrand.id,
      branch: 1,
      to: 'anna@example.test',
      template: 'test.mail',
      language: 'ru',
      subject: 'Счёт на продление',
      blocks: [{ kind: 'text', text: 'Пора продлить <script>alert(1)</script>' }],
    }),
  );
});
afterAll(() => shop.stop());

it('staff find a mail by its address and its subject', async () => {
  for (const search of ['anna@', 'продление']) {
    const found = await owner.ok('GET', `/v1/admin/messages?search=${encodeURIComponent(search)}`);
    expect(found.items.map((mail: { id: string }) => mail.id)).toContain(id);
  }
});

it('a mail is shown as a document that runs and loads nothing', async () => {
  const page = await shopPage(`/v1/admin/messages/${id}/html`);
  expect(page.headers.get('content-type')).toContain('text/html');
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/^sandbox allow-popups/);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('allow-scripts');
  expect(page.html).toContain('Пора продлить &lt;script&gt;');
});

it("a reseller's staff see no mail of the operator's shop", async () => {
  const theirs = await shop.staff('northbyte.localhost');
  for (const path of [`/v1/admin/messages/${id}`, `/v1/admin/messages/${id}/html`]) {
    const answer = await theirs.call('GET', path);
    expect([answer.status, answer.body.code]).toEqual([404, 'message-not-found']);
  }
});

it('a mail that went out is not sent again', async () => {
  await shop.settle();
  await shop.moveTo(shop.clock.now().add({ minutes: 1 }).toString());
  const answer = await owner.call('POST', `/v1/admin/messages/${id}/retry`, {});
  expect([answer.status, answer.body.code]).toEqual([409, 'message-already-sent']);
});

/** The document itself, as the frame of the panel asks for it. */
async function shopPage(path: string): Promise<{ html: string; headers: Headers }> {
  const email = 'reader@stoika.test';
  const password = 'correct horse battery';
  const { createStaff } = await import('#domains/identity/index.ts');
  const { id: brandId, sellerId } = shop.shops.operatorBrand;
  await shop.run((ctx) =>
    createStaff(ctx, {
      brandId,
      sellerId,
      role: 'support',
      email,
      password,
      name: 'R',
      language: 'ru',
    }),
  );
  const visitor = new Visitor(shop.app);
  await visitor.call('POST', '/v1/session', { email, password });
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const app = shop.app as { fetch: (request: Request, bindings: unknown) => Promise<Response> };
  const request = new Request(`http://localhost${path}`, {
    headers: { host: 'localhost', cookie },
  });
  const response = await app.fetch(request, {
    incoming: { socket: { remoteAddress: '127.0.0.1' } },
  });
  return { html: await response.text(), headers: response.headers };
}
