import type { Ctx } from '#platform/context.ts';
import { findClients, taxStandingOf } from '#domains/clients/index.ts';
import { entitlementsOfAll, noticesOfAll } from '#domains/subscriptions/index.ts';
import type { LiveSubscription } from '#domains/subscriptions/index.ts';
import type { RenewalFacts } from './offer-renewal.ts';
import { openSaleBook } from './sale-book.ts';

/** All that the renewals of these subscriptions are decided by, in their order. */
export async function loadRenewals(
  ctx: Ctx,
  subscriptions: readonly LiveSubscription[],
): Promise<RenewalFacts[]> {
  const clientIds = [...new Set(subscriptions.map(({ clientId }) => clientId))];
  const clients = new Map((await findClients(ctx, clientIds)).map((one) => [one.id, one]));
  const entitlements = Map.groupBy(
    await entitlementsOfAll(ctx, subscriptions),
    ({ subscriptionId }) => subscriptionId,
  );
  const notices = Map.groupBy(
    await noticesOfAll(ctx, subscriptions),
    ({ subscriptionId }) => subscriptionId,
  );
  const saleOf = openSaleBook(ctx);
  const facts: RenewalFacts[] = [];
  for (const subscription of subscriptions) {
    const { id, clientId, brandId, currency } = subscription;
    const client = clients.get(clientId);
    if (!client) throw new Error(`client ${clientId} is gone`);
    facts.push({
      ...(await saleOf({
        brandId,
        currency,
        country: client.country,
        standing: taxStandingOf(client),
      })),
      client,
      subscription,
      entitlements: entitlements.get(id) ?? [],
      notices: notices.get(id) ?? [],
    });
  }
  return facts;
}
