import { pageOf } from '#kit/page.ts';
import type { Handlers } from '#platform/http/serve.ts';
import { moneyOf } from '#platform/http/wire.ts';
import { brandIdsOfStaff } from './payment-of-staff.ts';
import type { refundsContract } from './refund-contract.ts';
import { finishByHand, retryRefund } from './refund-of-staff.ts';
import { selectRefunds } from './refund-store.ts';
import { staffRefundView, staffRefundViews } from './refund-view.ts';
import { startRefund } from './send-refund.ts';

/** What staff do with refunds. */
export const refundHandlers: Handlers<typeof refundsContract> = {
  list: async (ctx, { limit, ...filter }) => {
    const brandIds = await brandIdsOfStaff(ctx);
    const rows = await selectRefunds(ctx, { ...filter, brandIds, limit });
    const page = pageOf(rows, limit, (refund) => refund.id);
    return { items: await staffRefundViews(ctx, page.items), next: page.next };
  },
  ask: {
    outside: async (outside, { id, amount, ...request }, http) => {
      const refund = await startRefund(outside, {
        ...request,
        paymentId: id,
        amount: moneyOf(amount),
        key: http.idempotencyKey ?? '',
      });
      return outside.transact((ctx) => staffRefundView(ctx, refund));
    },
  },
  retry: {
    outside: async (outside, { id }) => {
      const refund = await retryRefund(outside, id);
      return outside.transact((ctx) => staffRefundView(ctx, refund));
    },
  },
  sent: async (ctx, { id }) => staffRefundView(ctx, await finishByHand(ctx, id, 'sent')),
  cancel: async (ctx, { id }) => staffRefundView(ctx, await finishByHand(ctx, id, 'cancelled')),
};
