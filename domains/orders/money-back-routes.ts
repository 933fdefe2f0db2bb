import { money } from '#kit/money.ts';
import type { Handlers } from '#platform/http/serve.ts';
import { moneyWire } from '#platform/http/wire.ts';
import { invoiceNumber } from '#domains/billing/index.ts';
import { staffSubscription } from '#domains/subscriptions/index.ts';
import { giveMoneyBack, offerMoneyBack } from './money-back.ts';
import type { moneyBackOperations } from './money-back-contract.ts';

export const moneyBackRoutes: Handlers<typeof moneyBackOperations> = {
  moneyBackOffer: async (ctx, { subscriptionId }) => {
    const subscription = await staffSubscription(ctx, subscriptionId);
    const offer = await offerMoneyBack(ctx, subscription);
    const amount = (minor: bigint) => moneyWire(money(minor, subscription.currency));
    return {
      until: offer.untilOn.toString(),
      total: amount(offer.totalMinor),
      lines: offer.lines.map(({ invoice, line, backMinor }) => ({
        invoiceId: invoice.id,
        number: invoiceNumber(invoice),
        no: line.no,
        description: line.description,
        paid: amount(line.amountMinor),
        back: amount(backMinor),
      })),
    };
  },
  moneyBack: async (ctx, { subscriptionId, expected, reason }) => {
    await staffSubscription(ctx, subscriptionId);
    const notes = await giveMoneyBack(ctx, {
      subscriptionId,
      expectedMinor: BigInt(expected.minor),
      reason,
    });
    return {
      notes: notes.map((note) => ({
        id: note.id,
        number: invoiceNumber(note),
        corrects: note.correctsId ?? '',
        total: moneyWire(money(note.totalMinor, note.currency)),
      })),
    };
  },
};
