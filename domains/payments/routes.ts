import { pageOf } from '#kit/page.ts';
import { refuse } from '#kit/refusal.ts';
import { serve } from '#platform/http/serve.ts';
import { moneyOf, moneyWire } from '#platform/http/wire.ts';
import { clientOf, findClient } from '#domains/clients/index.ts';
import { moneyHeld } from '#domains/ledger/index.ts';
import { BANK_TRANSFER, gatewayKind, mayBeSaved } from './connect-gateway.ts';
import { cancelTransfer, confirmTransfer } from './confirm-transfer.ts';
import { paymentsContract } from './contract.ts';
import { changeGateway, gatewaysOfStaff, gatewayView } from './gateway-settings.ts';
import { selectGatewaySettings } from './gateway-store.ts';
import { brandIdsOfStaff, paymentOfStaff } from './payment-of-staff.ts';
import { paymentDetail, paymentView, staffDetail, staffViews } from './payment-view.ts';
import { readAgain } from './read-again.ts';
import { refundHandlers } from './refund-handlers.ts';
import { refundsOf } from './refund-store.ts';
import { refundViews } from './refund-view.ts';
import { ownPayment, refreshPayment } from './refresh-payment.ts';
import { savedMethodHandlers } from './saved-method-handlers.ts';
import { everSaved, methodsOf } from './saved-method-store.ts';
import { methodView, staffMethodView } from './saved-method-view.ts';
import { startPayment } from './start-payment.ts';
import { balanceAccount, statementOf } from './statement.ts';
import { selectPayments } from './store.ts';

export const paymentsRoutes = serve(paymentsContract, {
  methods: async (ctx) => {
    const client = await clientOf(ctx);
    const settings = await selectGatewaySettings(ctx, client.brandId);
    const offered = settings.filter((setting) => setting.enabled);
    const gatewayIds = new Set(offered.map(({ gatewayId }) => gatewayId));
    return {
      balance: moneyWire(await moneyHeld(ctx, balanceAccount(client))),
      methods: offered.flatMap(({ gatewayId }) => {
        const gateway = ctx.extension(gatewayKind, gatewayId);
        if (!gateway) return [];
        const kind = gatewayId === BANK_TRANSFER ? ('transfer' as const) : ('page' as const);
        const canSave = mayBeSaved(ctx, gatewayId);
        return [{ id: gatewayId, title: gateway.title, kind, canSave }];
      }),
      saved: (await methodsOf(ctx, client.id))
        .filter((method) => method.state === 'usable' && gatewayIds.has(method.gatewayId))
        .map(methodView),
    };
  },
  saved: savedMethodHandlers,
  start: {
    outside: async (outside, input, http) =>
      paymentView(
        outside,
        await startPayment(outside, {
          ...input,
          amount: input.amount && moneyOf(input.amount),
          key: http.idempotencyKey ?? '',
          origin: http.origin,
        }),
      ),
  },
  get: async (ctx, { id }) => paymentDetail(ctx, await ownPayment(ctx, id)),
  refresh: {
    outside: async (outside, { id }) => paymentView(outside, await refreshPayment(outside, id)),
  },
  refunds: async (ctx, { id }) => {
    const payment = await ownPayment(ctx, id);
    return { items: await refundViews(ctx, await refundsOf(ctx, payment.id)) };
  },
  list: async (ctx, { limit, ...filter }) => {
    const client = await clientOf(ctx);
    const rows = await selectPayments(ctx, { ...filter, clientId: client.id, limit });
    const page = pageOf(rows, limit, (payment) => payment.id);
    return { items: page.items.map((payment) => paymentView(ctx, payment)), next: page.next };
  },
  balance: async (ctx, page) => statementOf(ctx, await clientOf(ctx), page),
  admin: {
    list: async (ctx, { limit, ...filter }) => {
      const brandIds = await brandIdsOfStaff(ctx);
      const rows = await selectPayments(ctx, { ...filter, brandIds, limit });
      const page = pageOf(rows, limit, (payment) => payment.id);
      return { items: await staffViews(ctx, page.items), next: page.next };
    },
    get: async (ctx, { id }) => staffDetail(ctx, await paymentOfStaff(ctx, id)),
    confirm: async (ctx, { id, received }) =>
      staffDetail(ctx, await confirmTransfer(ctx, id, moneyOf(received))),
    cancel: async (ctx, { id }) => staffDetail(ctx, await cancelTransfer(ctx, id)),
    readAgain: {
      outside: async (outside, { id }) => {
        const payment = await outside.transact((ctx) => paymentOfStaff(ctx, id));
        await readAgain(outside, payment);
        return outside.transact(async (ctx) => staffDetail(ctx, await paymentOfStaff(ctx, id)));
      },
    },
    refunds: refundHandlers,
    savedMethods: async (ctx, { clientId }) => {
      const client = await findClient(ctx, clientId);
      const isTheirs = client && (await brandIdsOfStaff(ctx)).includes(client.brandId);
      if (!isTheirs) refuse('client-not-found', { field: 'clientId' });
      return { items: (await everSaved(ctx, client.id)).map(staffMethodView) };
    },
    gateways: {
      list: async (ctx) => ({ items: (await gatewaysOfStaff(ctx)).map(gatewayView) }),
      save: async (ctx, change) => gatewayView(await changeGateway(ctx, change)),
    },
  },
});
