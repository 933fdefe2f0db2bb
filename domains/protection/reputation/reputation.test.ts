import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startHostingTest } from '#domains/hosting/hosting-test.ts';
import type { HostingTest } from '#domains/hosting/hosting-test.ts';
import { allNodes } from '#domains/hosting/index.ts';
import { openDnsStub } from '#test/harness/dns-stub.ts';
import type { DnsStub } from '#test/harness/dns-stub.ts';
import type { Visitor } from '#test/harness/visitor.ts';
import { protectionRoutes } from '../index.ts';

let test: HostingTest;
let dns: DnsStub;
let staff: Visitor;
let nodeId: string;

const GOOD = 'bl.good.example';
const ADDRESS = '192.0.2.25';
const NAME = `25.2.0.192.${GOOD}`;

beforeAll(async () => {
  test = await startHostingTest({ protection: protectionRoutes });
  dns = await openDnsStub();
  staff = await test.staff('owner');
  [nodeId] = (await test.run(allNodes)).map(({ id }) => id) as [string];
  await staff.call('PUT', `/v1/admin/reputation/nodes/${nodeId}/addresses`, {
    addresses: [ADDRESS, '2001:db8::25', '10.0.0.1'],
  });
});
afterAll(async () => {
  await test.stop();
  await dns.close();
});
beforeEach(async () => {
  // One person may not ask the lists often: each test is somebody else.
  staff = await test.staff('owner');
  dns.records.clear();
  dns.silent.clear();
  dns.failing.clear();
  dns.asked.length = 0;
  passesItsTest(GOOD);
});

/** What RFC 5782 §5 wants of every list. */
function passesItsTest(zone: string): void {
  dns.records.set(`2.0.0.127.${zone}`, { a: ['127.0.0.2'] });
}

async function ask(...zones: string[]) {
  await staff.call('PUT', '/v1/admin/reputation', {
    zones,
    resolvers: [dns.server],
    everyHours: 6,
  });
  return (await staff.call('POST', '/v1/admin/reputation/check', {})).body;
}
const open = (view: { listings: { delistedAt: string | null }[] }) =>
  view.listings.filter(({ delistedAt }) => delistedAt === null);

describe('a list', () => {
  it('that works is asked about public addresses, and about no others', async () => {
    const view = await ask(GOOD);
    expect(view.zones).toMatchObject([{ zone: GOOD, state: 'working', message: null }]);
    expect(open(view)).toEqual([]);
    expect(dns.asked).toContain(NAME);
    expect(dns.asked.filter((name) => name.endsWith(`8.b.d.0.1.0.0.2.${GOOD}`))).toHaveLength(1);
    expect(dns.asked).not.toContain(`1.0.0.10.${GOOD}`);
  });

  it('that lists everybody, or nobody, or refuses us, is not believed', async () => {
    const [all, none, refusing, parked] = ['all', 'none', 'refusing', 'parked'].map(
      (name) => `bl.${name}.example`,
    );
    for (const zone of [all, parked, refusing]) {
      const code = zone === parked ? '198.51.100.7' : '127.0.0.2';
      const says = zone === refusing ? '127.255.255.254' : code;
      for (const name of ['1.0.0.127', '2.0.0.127', '25.2.0.192']) {
        dns.records.set(`${name}.${zone}`, { a: [says] });
      }
    }
    const view = await ask(all ?? '', none ?? '', refusing ?? '', parked ?? '');
    const states = view.zones.map(({ zone, state }: { zone: string; state: string }) => [
      zone,
      state,
    ]);
    expect(Object.fromEntries(states)).toEqual({
      [all ?? '']: 'broken',
      [none ?? '']: 'broken',
      [refusing ?? '']: 'refusing',
      [parked ?? '']: 'broken',
    });
    expect(open(view)).toEqual([]);
  });
});

describe('an address', () => {
  it('is listed from when it is seen there until it is not, with the list’s own words', async () => {
    dns.records.set(NAME, { a: ['127.0.0.4'], txt: 'spam source, see https://bl.example/25' });
    const listed = open(await ask(GOOD));
    expect(listed).toMatchObject([
      { address: ADDRESS, zone: GOOD, codes: ['127.0.0.4'], nodeId, culprit: null },
    ]);
    expect(listed[0]).toHaveProperty('reason', 'spam source, see https://bl.example/25');
    expect(open(await ask(GOOD))).toHaveLength(1);
    dns.records.delete(NAME);
    const after = await ask(GOOD);
    expect(open(after)).toEqual([]);
    expect(after.listings).toHaveLength(1);
    expect(after.listings[0].delistedAt).not.toBeNull();
  });

  it('stays listed while the list gives no answer, an error, or a refusal', async () => {
    dns.records.set(NAME, { a: ['127.0.0.2'] });
    expect(open(await ask(GOOD))).toHaveLength(1);
    dns.records.set(NAME, { a: ['127.255.255.255'] });
    expect(open(await ask(GOOD))).toHaveLength(1);
    dns.failing.add(GOOD);
    const view = await ask(GOOD);
    expect(view.zones[0].state).toBe('broken');
    expect(open(view)).toHaveLength(1);
  });
});

describe('the check', () => {
  it('comes by itself once in so many hours of the wall clock', async () => {
    const [item] = test.runtime.agenda.filter(({ name }) => name === 'protection.check-reputation');
    await ask(GOOD);
    dns.asked.length = 0;
    expect(await test.run((ctx) => item?.nextDueAt(ctx) ?? Promise.resolve(null))).toBeNull();
    await staff.call('PUT', '/v1/admin/reputation', {
      zones: [GOOD],
      resolvers: [dns.server],
      everyHours: 1,
    });
    await test.moveTo(test.clock.now().add({ minutes: 1 }).toString());
    expect(dns.asked).toContain(NAME);
    expect(await test.run((ctx) => item?.nextDueAt(ctx) ?? Promise.resolve(null))).toBeNull();
  });

  it('takes no names and servers that are none', async () => {
    const good = { zones: [GOOD], resolvers: [dns.server], everyHours: 6 };
    const change = async (changes: object) =>
      (await staff.call('PUT', '/v1/admin/reputation', { ...good, ...changes })).body.code;
    expect(await change({ zones: ['not a zone'] })).toBe('zone-invalid');
    expect(await change({ zones: ['localhost'] })).toBe('zone-invalid');
    expect(await change({ resolvers: ['dns.example:53'] })).toBe('resolver-invalid');
    expect(await change({ resolvers: ['192.0.2.1:99999'] })).toBe('resolver-invalid');
    expect(await change({ resolvers: ['[2001:db8::1]:53'] })).toBeUndefined();
    const path = `/v1/admin/reputation/nodes/${nodeId}/addresses`;
    const { body } = await staff.call('PUT', path, { addresses: ['example.com'] });
    expect(body.code).toBe('address-invalid');
  });

  it('is the operator’s alone', async () => {
    const below = await test.run(async (ctx) => {
      const { sellersWithin } = await import('#domains/sellers/index.ts');
      return (await sellersWithin(ctx, test.operatorId, 9)).find(
        ({ name }) => name === 'Northbyte',
      );
    });
    const stranger = await test.staff('owner', below?.id);
    expect((await stranger.call('GET', '/v1/admin/reputation')).status).toBe(403);
    expect((await stranger.call('POST', '/v1/admin/reputation/check', {})).status).toBe(403);
  });
});
