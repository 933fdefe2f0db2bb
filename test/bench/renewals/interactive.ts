import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { branchOf } from '#kit/id.ts';
import { cancelOrder } from '#domains/orders/cancel-order.ts';
import { buyAddOn, offerAddOn } from '#domains/orders/buy-add-on.ts';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/database.ts';
import { transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import { latenciesOf } from '../latencies.ts';
import type { Latencies } from '../latencies.ts';

const PAUSE_MS = 25;

export type Bystander = { subscriptionId: string; clientId: string; brandId: string };

/** Packages that renew themselves no more, so that their clients can do other things meanwhile. */
export async function chooseBystanders(db: Db, count: number): Promise<Bystander[]> {
  const { rows } = await sql<Bystander>`
    update subscription set auto_renew = false, next_step = null, next_step_at = null
    where id in (select id from subscription where plan_id <> 'linux-gone'
      order by id desc limit ${count})
    returning id as "subscriptionId", client_id as "clientId", brand_id as "brandId"`.execute(db);
  return rows;
}

export type Interactive = { preview: Latencies; order: Latencies };

/**
 * Clients look at the price of an add-on, order it and think better of it, one after the other,
 * until the work is done. Each call is timed.
 */
export async function actMeanwhile(
  runtime: Runtime,
  bystanders: readonly Bystander[],
  isOver: () => boolean,
): Promise<Interactive> {
  const previews: number[] = [];
  const orders: number[] = [];
  for (let turn = 0; !isOver(); turn += 1) {
    const one = bystanders[turn % bystanders.length];
    if (!one) break;
    const actor = actorOf(one);
    const ask = { subscriptionId: one.subscriptionId, componentId: 'dedicated-ip', quantity: 1 };
    const offer = await timed(previews, () =>
      transact(runtime, actor, (ctx) => offerAddOn(ctx, ask)),
    );
    const expectedTotalMinor = Number(offer.quote.totalMinor);
    const order = await timed(orders, () =>
      transact(runtime, actor, (ctx) => buyAddOn(ctx, { ...ask, expectedTotalMinor })),
    );
    await transact(runtime, actor, (ctx) => cancelOrder(ctx, order.id, 'client'));
    await pause(PAUSE_MS);
  }
  return { preview: latenciesOf(previews), order: latenciesOf(orders) };
}

function actorOf({ clientId, brandId }: Bystander): Actor {
  return {
    kind: 'client',
    brandId,
    userId: 'usr_bench',
    clientId,
    branch: branchOf(clientId),
    scopes: null,
    address: '127.0.0.1',
  };
}

async function timed<T>(times: number[], call: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await call();
  times.push(performance.now() - startedAt);
  return result;
}
