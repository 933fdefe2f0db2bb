import type { Ctx } from '#platform/context.ts';
import { findSubscription } from '#domains/subscriptions/index.ts';
import { aboutOrder, orderDone } from './events.ts';
import { mailClient, packagePath } from './mail-client.ts';
import type { Letter, Writer } from './mail-client.ts';
import type { Order } from './order.ts';
import { lockOrder, updateOrder } from './store.ts';

/**
 * Everything of the order is delivered: `hosting` says so. It writes of a new package itself; of an
 * add-on the client is told here. Saying it again, or of an order that is not being delivered,
 * changes nothing.
 */
export async function finishOrder(ctx: Ctx, orderId: string): Promise<void> {
  const order = await lockOrder(ctx, orderId);
  if (order?.state !== 'delivering') return;
  const done: Order = { ...order, state: 'done', doneAt: ctx.now };
  await updateOrder(ctx, done);
  await ctx.announce(orderDone, aboutOrder(done, {}));
  if (done.kind !== 'addon') return;
  const subscription = await findSubscription(ctx, order.subscriptionId);
  if (subscription) await mailClient(ctx, subscription, (writer) => readyLetter(writer, done));
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
