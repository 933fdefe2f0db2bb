import { placeOrder, readCart } from '#domains/orders/index.ts';
import type { CartInput } from '#domains/orders/index.ts';
import { BANK_TRANSFER, confirmTransfer, startPayment } from '#domains/payments/index.ts';
import { findClient } from '#domains/clients/index.ts';
import { money } from '#kit/money.ts';
import type { Actor, ClientActor } from '#platform/actor.ts';
import { outside, transact } from '#platform/runtime.ts';
import type { Runtime } from '#platform/runtime.ts';
import { settle } from '#platform/work.ts';

export type DemoPurchase = { clientId: string; cart: CartInput; autoRenew: boolean };

/** One client of the demo buys a package and pays by transfer, through the operations of everyone. */
export async function buyInDemo(
  runtime: Runtime,
  sellerId: string,
  { clientId, cart, autoRenew }: DemoPurchase,
): Promise<void> {
  const actor = await demoClient(runtime, clientId);
  const order = await transact(runtime, actor, async (ctx) => {
    const client = await findClient(ctx, clientId);
    const { quote } = await readCart(ctx, actor.brandId, cart, client);
    const expectedTotalMinor = Number(quote.totalMinor);
    return placeOrder(ctx, { ...cart, autoRenew, expectedTotalMinor });
  });
  if (!order.invoiceId) throw new Error('the demo bought something free');
  const payment = await startPayment(outside(runtime, actor), {
    invoiceId: order.invoiceId,
    gatewayId: BANK_TRANSFER,
    returnPath: '/account/payments',
    key: `demo:${order.id}`,
    origin: 'http://localhost',
  });
  const staff: Actor = {
    kind: 'staff',
    brandId: actor.brandId,
    userId: 'demo',
    sellerId,
    permissions: ['payments.confirm'],
    scopes: null,
    address: '127.0.0.1',
  };
  await transact(runtime, staff, (ctx) =>
    confirmTransfer(ctx, payment.id, money(payment.amountMinor, payment.currency)),
  );
  await settle(runtime);
}

/** Somebody of the demo, as they act for themselves. */
export async function demoClient(runtime: Runtime, clientId: string): Promise<ClientActor> {
  const system: Actor = { kind: 'system', name: 'demo' };
  const client = await transact(runtime, system, (ctx) => findClient(ctx, clientId));
  if (!client) throw new Error(`no client ${clientId}`);
  return {
    kind: 'client',
    brandId: client.brandId,
    userId: 'demo',
    clientId,
    branch: client.branch,
    scopes: null,
    address: '127.0.0.1',
  };
}
