import { branchOf } from '#kit/id.ts';
import { money } from '#kit/money.ts';
import type { Money } from '#kit/money.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { textsFor } from '#platform/texts.ts';
import { dueMinor, findInvoice, invoiceNumber } from '#domains/billing/index.ts';
import type { Invoice } from '#domains/billing/index.ts';
import { clientOf } from '#domains/clients/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { BANK_TRANSFER } from './connect-gateway.ts';
import { selectGatewaySettings } from './gateway-store.ts';
import { nextCheckAfter } from './payment.ts';
import type { Payment } from './payment.ts';
import { insertShares, sharesOf } from './share-store.ts';
import { awaitedTransfer, insertPaymentOnce, paymentByCause } from './store.ts';

export type PaymentRequest = {
  /** What to pay; without it the money goes to the balance and `amount` says how much. */
  invoiceId?: string;
  /** Several invoices to pay together, each due being paid from the money as it comes. */
  invoiceIds?: readonly string[];
  amount?: Money;
  gatewayId: string;
  /** The page of ours to come back to; by default the payment's own. */
  returnPath?: string;
  /** The caller's idempotency key: asked twice, one payment is started. */
  key: string;
  /** `https://shop.example`: where the payer's browser reaches us. */
  origin: string;
};

const TOP_UP_MAX_MINOR = 100_000_000n;

/**
 * Writes the payment that a client asks for, with everything its gateway will be told. The same
 * key gives the same payment, whatever else changed; a transfer that is already awaited for the
 * invoice is given instead of a second one.
 */
export async function openPayment(ctx: Ctx, request: PaymentRequest): Promise<Payment> {
  const client = await clientOf(ctx);
  const earlier = await paymentByCause(ctx, client.id, request.key);
  if (earlier) return sameAsAsked(ctx, earlier, request);
  const invoice = request.invoiceId ? await payable(ctx, client, request.invoiceId) : null;
  const many = await allPayable(ctx, client, request);
  const amount = amountOf(client, request, invoice ? [invoice] : many);
  if (!(await connectable(ctx, client.brandId, request.gatewayId))) {
    refuse('gateway-unavailable', { field: 'gatewayId' });
  }
  if (invoice && request.gatewayId === BANK_TRANSFER) {
    const awaited = await awaitedTransfer(ctx, invoice.id, BANK_TRANSFER);
    if (awaited?.amountMinor === amount.minor) return awaited;
  }
  const payment = newPayment(ctx, client, {
    request,
    invoices: invoice ? [invoice] : many,
    amount,
  });
  const written = await insertPaymentOnce(ctx, payment);
  if (written.id !== payment.id) return sameAsAsked(ctx, written, request);
  await insertShares(ctx, payment.id, request.invoiceIds ?? []);
  return written;
}

/** A key that was used for another invoice, amount or gateway is somebody's mistake. */
async function sameAsAsked(ctx: Ctx, payment: Payment, request: PaymentRequest): Promise<Payment> {
  const shares = await sharesOf(ctx, payment.id);
  const same =
    payment.invoiceId === (request.invoiceId ?? null) &&
    payment.gatewayId === request.gatewayId &&
    shares.join() === (request.invoiceIds ?? []).join() &&
    (payment.invoiceId !== null ||
      shares.length > 0 ||
      payment.amountMinor === request.amount?.minor);
  if (!same) refuse('idempotency-key-reused', { field: 'Idempotency-Key' });
  return payment;
}

function newPayment(
  ctx: Ctx,
  client: Client,
  {
    request,
    invoices,
    amount,
  }: { request: PaymentRequest; invoices: readonly Invoice[]; amount: Money },
): Payment {
  const { gatewayId, origin } = request;
  const branch = branchOf(client.id);
  const id = ctx.newId('pay', branch);
  const transfer = gatewayId === BANK_TRANSFER;
  const t = textsFor('payments', client.language);
  const [first] = invoices;
  const more = invoices.length - 1;
  const number = first ? `${invoiceNumber(first)}${more > 0 ? ` +${more}` : ''}` : null;
  return {
    id,
    branch,
    brandId: client.brandId,
    sellerId: client.sellerId,
    clientId: client.id,
    invoiceId: request.invoiceId ?? null,
    invoiceNumber: number,
    gatewayId,
    amountMinor: amount.minor,
    currency: amount.currency,
    state: transfer ? 'pending' : 'starting',
    gatewayRef: null,
    redirectUrl: null,
    description: number ? t('description.invoice', { number }) : t('description.topUp'),
    language: client.language,
    returnUrl: `${origin}${request.returnPath ?? `/account/payments/${id}`}`,
    notifyUrl: `${origin}/hooks/gateways/${client.brandId}/${gatewayId}`,
    failureCode: null,
    failureMessage: null,
    nextCheckAt: transfer ? null : nextCheckAfter(0, ctx.now),
    checks: 0,
    createdAt: ctx.now,
    finishedAt: null,
    receivedMinor: null,
    cause: request.key,
  };
}

/** The invoices of a payment for several. Refuses one that cannot be paid. */
async function allPayable(
  ctx: Ctx,
  client: Client,
  { invoiceIds = [] }: PaymentRequest,
): Promise<Invoice[]> {
  const invoices: Invoice[] = [];
  for (const id of invoiceIds) invoices.push(await payable(ctx, client, id));
  return invoices;
}

/** What is due of the invoices together; without any, what the client wants on the balance. */
function amountOf(client: Client, request: PaymentRequest, invoices: readonly Invoice[]): Money {
  if (invoices.length === 0) return topUpOf(client, request);
  const due = invoices.reduce((sum, invoice) => sum + dueMinor(invoice), 0n);
  return money(due, client.currency);
}

function topUpOf(client: Client, { amount }: PaymentRequest): Money {
  if (!amount || amount.minor <= 0n || amount.minor > TOP_UP_MAX_MINOR) {
    refuse('amount-invalid', { field: 'amount', params: { maxMinor: Number(TOP_UP_MAX_MINOR) } });
  }
  if (amount.currency !== client.currency) refuse('currency-invalid', { field: 'amount' });
  return amount;
}

async function payable(ctx: Ctx, client: Client, invoiceId: string): Promise<Invoice> {
  const invoice = await findInvoice(ctx, invoiceId);
  if (!invoice || invoice.buyerKind !== 'client' || invoice.buyerId !== client.id) {
    refuse('invoice-not-found', { field: 'invoiceId' });
  }
  if (invoice.state === 'paid') refuse('invoice-already-paid', { field: 'invoiceId' });
  if (invoice.state === 'void') refuse('invoice-void', { field: 'invoiceId' });
  if (invoice.state === 'written-off') refuse('invoice-written-off', { field: 'invoiceId' });
  return invoice;
}

async function connectable(ctx: Ctx, brandId: string, gatewayId: string): Promise<boolean> {
  const offered = await selectGatewaySettings(ctx, brandId);
  return offered.some((known) => known.gatewayId === gatewayId && known.enabled);
}
