import { branchOf } from '#kit/id.ts';
import { money } from '#kit/money.ts';
import type { Money } from '#kit/money.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { dueMinor, findInvoice, invoiceNumber } from '#domains/billing/index.ts';
import { clientOf, findClient } from '#domains/clients/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { textsFor } from '#platform/texts.ts';
import { BANK_TRANSFER, connectGateway } from './connect-gateway.ts';
import type { GatewayConnection } from './gateway.ts';
import { nextCheckAfter } from './payment.ts';
import type { Payment } from './payment.ts';
import { selectGatewaySettings } from './gateway-store.ts';
import { insertPaymentOnce, lockPayment, updatePayment } from './store.ts';

export type PaymentRequest = {
  /** What to pay; without it the money goes to the balance and `amount` says how much. */
  invoiceId?: string;
  amount?: Money;
  gatewayId: string;
  /** The page of ours to come back to. */
  returnPath: string;
  /** The caller's idempotency key: asked twice, one payment is started. */
  key: string;
  /** `https://shop.example`: where the payer's browser reaches us. */
  origin: string;
};

const TOP_UP_MAX_MINOR = 100_000_000n;

/**
 * Opens a payment at a gateway and gives the page to send the payer to. The payment's row is
 * written before the gateway is asked and its id is the gateway's idempotency key, so an answer
 * that is lost costs nothing: the same call again finds the same payment.
 */
export async function startPayment(outside: Outside, request: PaymentRequest): Promise<Payment> {
  const payment = await outside.transact((ctx) => openPayment(ctx, request));
  if (payment.state !== 'starting') return payment;
  const connection = await outside.transact((ctx) =>
    connectGateway(ctx, payment.brandId, payment.gatewayId),
  );
  if (!connection) refuse('gateway-unavailable', { field: 'gatewayId' });
  const answer = await askGateway(outside, connection, payment, request.origin);
  return outside.transact((ctx) => takeAnswer(ctx, payment.id, answer));
}

async function openPayment(ctx: Ctx, request: PaymentRequest): Promise<Payment> {
  const client = await clientOf(ctx);
  const branch = branchOf(client.id);
  const amount = await amountToPay(ctx, client, request);
  if (!(await connectable(ctx, client.brandId, request.gatewayId))) {
    refuse('gateway-unavailable', { field: 'gatewayId' });
  }
  const transfer = request.gatewayId === BANK_TRANSFER;
  const payment = await insertPaymentOnce(ctx, {
    id: ctx.newId('pay', branch),
    branch,
    brandId: client.brandId,
    sellerId: client.sellerId,
    clientId: client.id,
    invoiceId: request.invoiceId ?? null,
    gatewayId: request.gatewayId,
    amountMinor: amount.minor,
    currency: amount.currency,
    state: transfer ? 'pending' : 'starting',
    gatewayRef: null,
    redirectUrl: null,
    returnPath: request.returnPath,
    failureCode: null,
    failureMessage: null,
    nextCheckAt: transfer ? null : nextCheckAfter(0, ctx.now),
    checks: 0,
    createdAt: ctx.now,
    finishedAt: null,
    receivedMinor: null,
    cause: request.key,
  });
  const same =
    payment.invoiceId === (request.invoiceId ?? null) && payment.gatewayId === request.gatewayId;
  if (!same) refuse('idempotency-key-reused', { field: 'Idempotency-Key' });
  return payment;
}

async function amountToPay(ctx: Ctx, client: Client, request: PaymentRequest): Promise<Money> {
  if (!request.invoiceId) {
    const { amount } = request;
    if (!amount || amount.minor <= 0n || amount.minor > TOP_UP_MAX_MINOR) {
      refuse('amount-invalid', { field: 'amount', params: { maxMinor: Number(TOP_UP_MAX_MINOR) } });
    }
    if (amount.currency !== client.currency) refuse('currency-invalid', { field: 'amount' });
    return amount;
  }
  const invoice = await findInvoice(ctx, request.invoiceId);
  if (!invoice || invoice.buyerKind !== 'client' || invoice.buyerId !== client.id) {
    refuse('invoice-not-found', { field: 'invoiceId' });
  }
  if (invoice.state === 'paid') refuse('invoice-already-paid', { field: 'invoiceId' });
  if (invoice.state === 'void') refuse('invoice-void', { field: 'invoiceId' });
  return money(dueMinor(invoice), invoice.currency);
}

async function connectable(ctx: Ctx, brandId: string, gatewayId: string): Promise<boolean> {
  const offered = await selectGatewaySettings(ctx, brandId);
  return offered.some((known) => known.gatewayId === gatewayId && known.enabled);
}

type GatewayAnswer = Awaited<ReturnType<GatewayConnection['startPayment']>>;

async function askGateway(
  outside: Outside,
  connection: GatewayConnection,
  payment: Payment,
  origin: string,
): Promise<GatewayAnswer> {
  const { description, locale } = await outside.transact((ctx) => describe(ctx, payment));
  return connection.startPayment({
    paymentId: payment.id,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    description,
    returnUrl: `${origin}${payment.returnPath}`,
    notifyUrl: `${origin}/hooks/gateways/${payment.brandId}/${payment.gatewayId}`,
    locale,
  });
}

async function describe(
  ctx: Ctx,
  payment: Payment,
): Promise<{ description: string; locale: 'ru' | 'en' }> {
  const client = await findClient(ctx, payment.clientId);
  const locale = client?.language ?? 'ru';
  const t = textsFor('payments', locale);
  const invoice = payment.invoiceId ? await findInvoice(ctx, payment.invoiceId) : null;
  const description = invoice
    ? t('description.invoice', { number: invoiceNumber(invoice) })
    : t('description.topUp');
  return { description, locale };
}

async function takeAnswer(ctx: Ctx, id: string, answer: GatewayAnswer): Promise<Payment> {
  const payment = await lockPayment(ctx, id);
  if (!payment) throw new Error(`payment ${id} is gone`);
  // A notification may have overtaken the answer: what it said stands.
  if (payment.state !== 'starting' || answer.kind === 'unreachable') return payment;
  const changed: Payment =
    answer.kind === 'started'
      ? { ...payment, state: 'pending', gatewayRef: answer.gatewayRef, redirectUrl: answer.redirectUrl }
      : {
          ...payment,
          state: 'failed',
          failureCode: 'refused',
          failureMessage: answer.message,
          nextCheckAt: null,
          finishedAt: ctx.now,
        };
  await updatePayment(ctx, changed);
  return changed;
}
