import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop } from '#test/harness/start-shop.ts';
import type { Shopper, TestShop } from '#test/harness/start-shop.ts';

type Entry = { operation: string; actorKind: string; actorName: string | null; subjectId: string };

let shop: TestShop;
let owner: Pick<Shopper, 'call' | 'ok'>;
let anna: Shopper;

beforeAll(async () => {
  shop = await startShop();
  owner = await shop.staff();
  anna = await shop.shopper();
  await anna.ok('PATCH', '/v1/person', { name: 'Анна Новая' });
  await owner.ok('POST', `/v1/admin/clients/${anna.clientId}/close`, {});
});
afterAll(() => shop.stop());

describe('the audit trail', () => {
  const trail = async (query: string, by = owner): Promise<Entry[]> =>
    (await by.ok('GET', `/v1/admin/audit?limit=200&${query}`)).items;

  it('tells who did what to what, by name', async () => {
    const [closed] = await trail(`subjectId=${anna.clientId}&actorKind=staff`);
    expect(closed).toMatchObject({
      operation: 'clients.clients.close',
      actorKind: 'staff',
      actorName: 'Staff',
    });
  });

  it('is searched by the beginning of an operation and by who acted', async () => {
    const ofPeople = await trail('operation=identity.person');
    expect(ofPeople.map(({ operation }) => operation)).toEqual(['identity.person.update']);
    const byClients = await trail('actorKind=client');
    expect(new Set(byClients.map(({ actorKind }) => actorKind))).toEqual(new Set(['client']));
    expect(await trail('operation=%25')).toEqual([]);
  });

  it("shows a reseller's staff nothing of the operator's shop, nor of the machine", async () => {
    const theirs = await shop.staff('northbyte.localhost');
    const { permissions } = (await theirs.ok('GET', '/v1/session')).person;
    expect(permissions).toContain('audit.read');
    expect(permissions).not.toContain('clock.read');
    const seen = await trail(`subjectId=${anna.clientId}`, theirs);
    expect(seen).toEqual([]);
  });
});

describe('the clock', () => {
  it('tells what comes next, the soonest first', async () => {
    const buyer = await shop.shopper();
    const cart = {
      productId: 'reseller-hosting-linux',
      planId: 'linux-start',
      termMonths: 1,
      domainName: 'clock-reader.example',
    };
    const { totalMinor } = await buyer.ok('POST', '/v1/shop/quote', cart);
    await buyer.ok('POST', '/v1/orders', { ...cart, expectedTotalMinor: totalMinor });
    const { ahead, nextDueAt } = await owner.ok('GET', '/v1/admin/clock');
    const moments = ahead.map(({ at }: { at: string }) => Date.parse(at));
    expect(ahead.map(({ name }: { name: string }) => name)).toContain('orders.expire');
    expect(moments).toEqual(moments.toSorted((a: number, b: number) => a - b));
    expect(nextDueAt).toBe(ahead[0].at);
  });

  it('of an installation that is no sandbox cannot be moved', async () => {
    expect((await owner.ok('GET', '/v1/admin/clock')).movable).toBe(false);
    const moved = await owner.call('POST', '/v1/admin/clock/move', { days: 1 });
    expect([moved.status, moved.body.code]).toEqual([409, 'clock-not-movable']);
  });

  it("is no business of a reseller's staff, nor are the jobs", async () => {
    const theirs = await shop.staff('northbyte.localhost');
    for (const path of ['/v1/admin/clock', '/v1/admin/jobs']) {
      const answer = await theirs.call('GET', path);
      expect([answer.status, answer.body.code]).toEqual([403, 'not-allowed']);
    }
  });
});

describe('jobs', () => {
  it('are counted by state and listed with what they are for', async () => {
    const { counts, items } = await owner.ok('GET', '/v1/admin/jobs?state=completed');
    expect(Object.keys(counts).length).toBeGreaterThan(0);
    for (const job of items) expect(job.state).toBe('completed');
  });

  it('that did not fail are not put back', async () => {
    const id = crypto.randomUUID();
    const answer = await owner.call('POST', `/v1/admin/jobs/${id}/retry`, {});
    expect([answer.status, answer.body.code]).toEqual([404, 'job-not-found']);
  });
});
