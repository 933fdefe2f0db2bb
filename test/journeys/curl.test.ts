import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startHttpServer } from '#app/http-server.ts';
import type { HttpServer } from '#app/http-server.ts';
import { planWhmcsChange } from '#domains/catalog/index.ts';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

const GUIDE = join(import.meta.dirname, '../../docs/guides/api.md');
const run = promisify(execFile);
let shop: TestShop;
let http: HttpServer;
let shopper: Shopper;

beforeAll(async () => {
  shop = await startShop({ now: '2023-02-20T09:00:00Z' });
  const { operator, reseller } = shop.shops;
  await shop.run((ctx) =>
    planWhmcsChange(ctx, { operatorId: operator.id, resellerId: reseller.id }),
  );
  await shop.moveTo('2023-04-10T09:00:00Z');
  http = await startHttpServer(shop.runtime, {
    port: 0,
    distDir: null,
    databaseUrl: shop.databaseUrl,
  });
  shopper = await shop.shopper();
  await shop.fund(shopper, 10_000_000n);
});
afterAll(async () => {
  await http.close();
  await shop.stop();
});

/** The guide's commands in order; the first block only says which settings to export. */
function commandsOfGuide(): string[] {
  const blocks = [...readFileSync(GUIDE, 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)];
  return blocks.map((block) => block[1] ?? '').slice(1);
}

// oxlint-disable-next-line typescript/no-explicit-any
async function answerTo(command: string | undefined, env: Record<string, string>): Promise<any> {
  const { stdout } = await run('bash', ['-c', command ?? 'false'], {
    env: { PATH: process.env['PATH'], ...env },
  });
  await shop.settle();
  return JSON.parse(stdout);
}

it('buys, shows, deletes, renews and changes the plan with the commands of the guide', async () => {
  const scopes = [
    'orders.read',
    'orders.write',
    'subscriptions.read',
    'licences.read',
    'licences.write',
  ];
  const { key } = await shopper.ok('POST', '/v1/api-keys', { name: 'curl', scopes, days: null });
  const env: Record<string, string> = { SHOP: `http://localhost:${http.port}`, KEY: key };
  const commands = commandsOfGuide();
  expect(commands).toHaveLength(11);
  const [quote, order, show, quoteWhmcs, buyWhmcs, licences, remove, ...later] = commands;
  const [quoteRenewal, renew, quotePlan, changePlan] = later;

  const cart = await answerTo(quote, env);
  // 640.00 a month for twelve months, tax included.
  expect(cart.totalMinor).toBe(768_000);
  const placed = await answerTo(order, { ...env, TOTAL: String(cart.totalMinor) });
  env['SUBSCRIPTION'] = placed.subscriptionId;
  expect((await answerTo(show, env)).periodEnd).toBe('2024-04-10');

  const addOn = await answerTo(quoteWhmcs, env);
  // Bought on the first day: 800.00 × 12 in full.
  expect(addOn.totalMinor).toBe(960_000);
  await answerTo(buyWhmcs, { ...env, TOTAL: String(addOn.totalMinor) });
  const again = await answerTo(buyWhmcs, { ...env, TOTAL: String(addOn.totalMinor) });
  expect(again.kind).toBe('addon');
  const [licence] = (await answerTo(licences, env)).items;
  expect(licence).toMatchObject({ state: 'active', componentId: 'whmcs' });
  expect(await shop.vendors.whmcs.live()).toHaveLength(1);

  const deleted = await answerTo(remove, { ...env, LICENCE: licence.id });
  expect(deleted.state).toBe('deleted');
  expect(await shop.vendors.whmcs.live()).toHaveLength(0);

  const renewal = await answerTo(quoteRenewal, env);
  expect(renewal.totalMinor).toBe(768_000);
  await answerTo(renew, { ...env, TOTAL: String(renewal.totalMinor) });
  expect((await answerTo(show, env)).periodEnd).toBe('2025-04-10');

  const change = await answerTo(quotePlan, env);
  // Two years at 2 290.00 a month instead of 640.00.
  expect(change.netMinor).toBe(3_960_000);
  await answerTo(changePlan, { ...env, TOTAL: String(change.netMinor) });
  expect((await answerTo(show, env)).planId).toBe('linux-pro');
});
