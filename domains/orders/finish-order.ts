import type { Ctx } from '#platform/context.ts';
import { findSubscription } from '#domains/subscriptions/index.ts';
import { aboutOrder, orderDone } from './events.ts';
import { mailClient, packagePath } from './mail-client.ts';
import type { Letter, Writer } from './mail-client.ts';
import type { Order } from './order.ts';
import { mailPlanChanged } from './plan-change-letter.ts';
import { lockOrder, updateOrder } from './store.ts';

/**
 * Everything of the order is delivered: `hosting` says so. It writes of a new package itself; of an
 * add-on and of another plan the client is told here. Saying it again, or of an order that is not being delivered,
 * changes nothing.
 */
export async function finishOrder(ctx: Ctx, orderId: string): Promise<void> {
  const done = await closeOrder(ctx, orderId);
  if (done?.kind !== 'addon' && done?.kind !== 'plan') return;
  const subscription = await findSubscription(ctx, done.subscriptionId);
  if (!subscription) return;
  if (done.kind === 'plan') await mailPlanChanged(ctx, done, subscription);
  else await mailClient(ctx, subscription, (writer) => readyLetter(writer, done));
}

/**
 * Nothing of the order is left to deliver: it is there, or its package was deleted before, and what
 * is given back for that is decided with the deletion. Null if it was not being delivered.
 */
export async function closeOrder(ctx: Ctx, orderId: string): Promise<Order | null> {
  const order = await lockOrder(ctx, orderId);
  if (order?.state !== 'delivering') return null;
  const done: Order = { ...order, state: 'done', doneAt: ctx.now };
  await updateOrder(ctx, done);
  await ctx.announce(orderDone, aboutOrder(done, {}));
  return done;
}

function readyLetter({ t, client, domain, button }: Writer, order: Order): Letter {
  const values = { domain, title: order.title[client.language] };
  return {
    template: 'orders.ready',
    subject: t('mail.ready.subject', values),
    blocks: [
      { kind: 'heading', text: domain },
      { kind: 'text', text: t('mail.ready.addon', values) },
      button(t('mail.open'), packagePath(order.subscriptionId)),
    ],
  };
}
