import { findUserByEmail } from '#domains/identity/index.ts';
import { seedDemoTickets } from '#domains/support/index.ts';
import type { DemoTalk } from '#domains/support/index.ts';
import type { Actor, StaffActor } from '#platform/actor.ts';
import { transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import { settle } from '#platform/work.ts';
import { demoClient } from './demo-purchase.ts';

const SYSTEM: Actor = { kind: 'system', name: 'demo' };

/** One client of the demo asks, and the shop's support answers. */
export async function askInDemo(
  runtime: Runtime,
  sellerId: string,
  clientId: string,
  talk: DemoTalk,
): Promise<void> {
  const client = await demoClient(runtime, clientId);
  const { brandId } = client;
  const person = await transact(runtime, SYSTEM, (ctx) =>
    findUserByEmail(ctx, brandId, 'support@stoika.test'),
  );
  if (!person) throw new Error('the demo has nobody in support');
  const staff: StaffActor = {
    kind: 'staff',
    brandId,
    userId: person.id,
    sellerId,
    permissions: ['support.write'],
    scopes: null,
    address: '127.0.0.1',
  };
  await seedDemoTickets(runtime, { client, staff }, talk);
  await settle(runtime);
}
