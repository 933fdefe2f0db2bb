import { planWhmcsChange } from '#domains/catalog/index.ts';
import { seedDemoClients } from '#domains/clients/index.ts';
import { transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import type { Actor } from '#platform/actor.ts';
import { moveClock } from '#platform/move-clock.ts';
import { SandboxClock } from '#platform/sandbox-clock.ts';
import { buyInDemo } from './demo-purchase.ts';
import { seedDemoShops } from './demo-shops.ts';
import type { DemoShops } from './demo-shops.ts';
import { askInDemo } from './demo-tickets.ts';
import { readDemoState, writeDemoState } from './demo-state.ts';
import { openVendorAccounts } from './open-vendor-accounts.ts';
import type { Vendors } from './start-vendors.ts';

const SYSTEM: Actor = { kind: 'system', name: 'demo' };
/** When the demo's business opened, and when it told of the change of 3 April 2023. */
const OPENED = Temporal.Instant.from('2022-09-01T08:00:00Z');
const ANNOUNCED = Temporal.Instant.from('2023-02-20T09:00:00Z');
const ZONE = 'Europe/Moscow';

/**
 * Fills an empty sandbox with a business that has run for half a year: nothing is written behind
 * the product's back, everything is bought, paid and delivered through its own operations while
 * the clock goes on, up to `today`. Later starts only tell it where the vendors listen now.
 */
export async function seedDemo(
  runtime: Runtime,
  vendors: Vendors,
  today: Temporal.PlainDate,
): Promise<void> {
  const { clock } = runtime;
  if (!(clock instanceof SandboxClock)) return;
  if ((await readDemoState(runtime.db)) === 'whole') {
    return transact(runtime, SYSTEM, (ctx) => openVendorAccounts(ctx, vendors));
  }
  await writeDemoState(runtime.db, 'making');
  const move = (to: Temporal.Instant | string): Promise<void> =>
    moveClock(runtime, clock, Temporal.Instant.from(to));
  await clock.moveTo(OPENED);
  const shops = await transact(runtime, SYSTEM, seedDemoShops);
  await transact(runtime, SYSTEM, (ctx) => openVendorAccounts(ctx, vendors));
  await sellPackages(runtime, shops, move);
  const end = today.toZonedDateTime({ timeZone: ZONE, plainTime: '12:00' }).toInstant();
  if (Temporal.Instant.compare(ANNOUNCED, end) < 0) {
    await move(ANNOUNCED);
    await transact(runtime, SYSTEM, (ctx) =>
      planWhmcsChange(ctx, { operatorId: shops.operator.id, resellerId: shops.reseller.id }),
    );
  }
  await move(end);
  await writeDemoState(runtime.db, 'whole');
}

/** Three clients of the operator and one of the reseller, each with a package that includes WHMCS. */
async function sellPackages(
  runtime: Runtime,
  { operator, operatorBrand, reseller, resellerBrand }: DemoShops,
  move: (to: string) => Promise<void>,
): Promise<void> {
  const clients = await transact(runtime, SYSTEM, (ctx) =>
    seedDemoClients(ctx, { brandId: operatorBrand.id, domain: 'example.test' }),
  );
  const [anna, boris, vera] = clients.map((client) => client.clientId);
  const [lee] = await transact(runtime, SYSTEM, (ctx) =>
    seedDemoClients(ctx, { brandId: resellerBrand.id, domain: 'example.test', names: ['anna'] }),
  );
  const linux = { productId: 'reseller-hosting-linux', addOns: [] };
  const buy = (sellerId: string, clientId: string, planId: string, term: number, domain: string) =>
    buyInDemo(runtime, sellerId, {
      clientId,
      cart: { ...linux, planId, termMonths: term, domainName: domain },
      autoRenew: true,
    });
  await move('2022-10-05T10:00:00Z');
  await buy(operator.id, boris ?? '', 'linux-start', 12, 'romashka-web.ru');
  await move('2022-11-14T11:30:00Z');
  await buy(operator.id, anna ?? '', 'linux-grow', 6, 'studio-smirnova.ru');
  await move('2022-11-15T08:20:00Z');
  await askInDemo(runtime, operator.id, anna ?? '', 'transfer');
  await move('2023-01-11T12:00:00Z');
  await buy(reseller.id, lee?.clientId ?? '', 'linux-start', 12, 'leeds-studio.example');
  await move('2023-01-25T09:15:00Z');
  await buy(operator.id, vera ?? '', 'linux-pro', 3, 'lisa-shop.ru');
  await move('2023-01-26T13:40:00Z');
  await askInDemo(runtime, operator.id, vera ?? '', 'licence');
  await move('2023-01-31T07:05:00Z');
  await askInDemo(runtime, operator.id, boris ?? '', 'mail');
}
