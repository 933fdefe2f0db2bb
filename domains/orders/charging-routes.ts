import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import type { Handlers } from '#platform/http/serve.ts';
import { invoiceOfClient, invoiceOfStaff } from '#domains/billing/index.ts';
import type { Invoice } from '#domains/billing/index.ts';
import { usableDefaults } from '#domains/payments/index.ts';
import { chargeNow } from './charge-debt.ts';
import { isUnderWay } from './charging.ts';
import type { ChargingView, chargingOperations } from './charging-contract.ts';
import { selectCollectionOf } from './collection-store.ts';

export const chargingRoutes: Handlers<typeof chargingOperations> = {
  charging: async (ctx, { id }) => chargingOf(ctx, await invoiceOfClient(ctx, id)),
  staffCharging: async (ctx, { id }) => chargingOf(ctx, await invoiceOfStaff(ctx, id)),
  chargeNow: {
    outside: async (outside, { id }) => {
      const key = await outside.transact(async (ctx) => {
        const one = await selectCollectionOf(ctx, await invoiceOfStaff(ctx, id));
        return one ?? refuse('nothing-to-charge', { field: 'id' });
      });
      await chargeNow(outside, key);
      return outside.transact(async (ctx) => chargingOf(ctx, await invoiceOfStaff(ctx, id)));
    },
  },
};

async function chargingOf(ctx: Ctx, invoice: Invoice): Promise<{ charging: ChargingView | null }> {
  const one = invoice.state === 'issued' ? await selectCollectionOf(ctx, invoice) : null;
  if (!one) return { charging: null };
  const method = (await usableDefaults(ctx, [one.clientId])).get(one.clientId);
  return {
    charging: {
      nextAt: one.chargeAt?.toString() ?? null,
      underWay: isUnderWay(one),
      ended: one.chargeEnded,
      tries: one.charges,
      card: method ? { brand: method.cardBrand, last4: method.last4 } : null,
    },
  };
}
