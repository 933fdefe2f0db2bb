import type { Logger } from 'pino';
import type { RunningGuard } from '../service/start-guard.ts';
import type { ServerOrder } from './call-wire.ts';
import { carryOutOrder, type OrderResult } from './carry-out-order.ts';

const RESULTS_MAX = 20;

/**
 * Orders that are being carried out, or whose answer the centre does not have yet: it tells them
 * with each call until then, and each is begun once. What a restart forgets comes again and ends as
 * it did.
 */
export function ordersInHand(guard: Pick<RunningGuard, 'call'>, log: Logger) {
  const inHand = new Map<string, OrderResult | null>();
  const results = () => [...inHand.values()].filter((one) => one !== null);
  return {
    take(order: ServerOrder): void {
      const { orderId, kind } = order;
      if (inHand.has(orderId)) return;
      inHand.set(orderId, null);
      carryOutOrder(guard, order).then(
        (result) => inHand.set(orderId, result),
        (error: unknown) => {
          log.error({ error, kind }, 'an order was not carried out; it comes again');
          inHand.delete(orderId);
        },
      );
    },
    results: () => results().slice(0, RESULTS_MAX),
    hasResults: () => results().length > 0,
    told: (orderIds: readonly string[]) => {
      for (const orderId of orderIds) inHand.delete(orderId);
    },
  };
}
