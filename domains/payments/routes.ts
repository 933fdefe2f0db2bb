import { money } from '#kit/money.ts';
import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import { serve } from '#platform/http/serve.ts';
import { moneyOf, moneyWire } from '#platform/http/wire.ts';
import { clientOf } from '#domains/clients/index.ts';
import { balanceCode, entriesOf, moneyHeld } from '#domains/ledger/index.ts';
import { BANK_TRANSFER, gatewayKind } from './connect-gateway.ts';
import { cancelTransfer, confirmTransfer } from './confirm-transfer.ts';
import { paymentsContract } from './contract.ts';
import { selectGatewaySettings } from './gateway-store.ts';
import type { Payment } from './payment.ts';
import { brandIdsOfStaff, paymentOfStaff } from './payment-of-staff.ts';
import { readAgain } from './read-again.ts';
import { startPayment } from './start-payment.ts';
import { selectPayment, selectPayments } from './store.ts';

export const paymentsRoutes = serve(paymentsContract, {
  methods: async (ctx) => {
    const client = await clientOf(ctx);
    const settings = await selectGatewaySettings(ctx, client.brandId);
    const offered = settings.filter((setting) => setting.enabled);
    return {
      balance: moneyWire(await moneyHeld(ctx, balanceAccount(client))),
      methods: offered.flatMap(({ gatewayId }) => {
        const gateway = ctx.extension(gatewayKind, gatewayId);
        if (!gateway) return [];
        const kind = gatewayId === BANK_TRANSFER ? ('transfer' as const) : ('page' as const);
        return [{ id: gatewayId, title: gateway.title, kind }];
      }),
    };
  },
  start: {
    outside: async (outside, input, http) =>
      paymentView(
        await startPayment(outside, {
          ...input,
          amount: input.amount && moneyOf(input.amount),
          key: http.idempotencyKey ?? '',
          origin: http.origin,
        }),
      ),
  },
  get: async (ctx, { id }) => {
    const client = await clientOf(ctx);
    const payment = await selectPayment(ctx, id);
    if (!payment || payment.clientId !== client.id) refuse('payment-not-found');
    return paymentView(payment);
  },
  list: async (ctx, { limit, ...filter }) => {
    const client = await clientOf(ctx);
    const rows = await selectPayments(ctx, { ...filter, clientId: client.id, limit });
    const page = pageOf(rows, limit, (payment) => payment.id);
    return { items: page.items.map(paymentView), next: page.next };
  },
  balance: async (ctx, page) => {
    const client = await clientOf(ctx);
    const account = balanceAccount(client);
    const entries = await entriesOf(ctx, account, page);
    return {
      held: moneyWire(await moneyHeld(ctx, account)),
      items: entries.items.map((entry) => ({
        id: entry.txnId,
        at: entry.at.toString(),
        kind: entry.kind,
        documentId: entry.documentId,
        amount: moneyWire(money(-entry.amount.minor, entry.amount.currency)),
      })),
      next: entries.next,
    };
  },
  admin: {
    list: async (ctx, { limit, ...filter }) => {
      const brandIds = await brandIdsOfStaff(ctx);
      const rows = await selectPayments(ctx, { ...filter, brandIds, limit });
      const page = pageOf(rows, limit, (payment) => payment.id);
      return { items: page.items.map(staffView), next: page.next };
    },
    get: async (ctx, { id }) => staffView(await paymentOfStaff(ctx, id)),
    confirm: async (ctx, { id, received }) =>
      staffView(await confirmTransfer(ctx, id, moneyOf(received))),
    cancel: async (ctx, { id }) => staffView(await cancelTransfer(ctx, id)),
    readAgain: {
      outside: async (outside, { id }) => {
        const payment = await outside.transact((ctx) => paymentOfStaff(ctx, id));
        await readAgain(outside, payment);
        return staffView(await outside.transact((ctx) => paymentOfStaff(ctx, id)));
      },
    },
  },
});

function balanceAccount(client: { id: string; branch: number; sellerId: string; currency: string }) {
  return {
    branch: client.branch,
    book: client.sellerId,
    code: balanceCode(client.id),
    currency: client.currency,
  };
}

function paymentView(payment: Payment) {
  return {
    id: payment.id,
    invoiceId: payment.invoiceId,
    gatewayId: payment.gatewayId,
    amount: moneyWire(money(payment.amountMinor, payment.currency)),
    received:
      payment.receivedMinor === null
        ? null
        : moneyWire(money(payment.receivedMinor, payment.currency)),
    state: payment.state,
    redirectUrl: payment.state === 'pending' ? payment.redirectUrl : null,
    failureCode: payment.failureCode,
    createdAt: payment.createdAt.toString(),
    finishedAt: payment.finishedAt?.toString() ?? null,
  };
}

function staffView(payment: Payment) {
  return {
    ...paymentView(payment),
    clientId: payment.clientId,
    brandId: payment.brandId,
    gatewayRef: payment.gatewayRef,
    failureMessage: payment.failureMessage,
  };
}
