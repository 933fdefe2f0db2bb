import { money } from '#kit/money.ts';
import type { Money } from '#kit/money.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { dueMinor, findInvoice } from '#domains/billing/index.ts';
import type { Invoice } from '#domains/billing/index.ts';
import { clientOf } from '#domains/clients/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { BANK_TRANSFER, mayBeSaved } from './connect-gateway.ts';
import { selectGatewaySettings } from './gateway-store.ts';
import { newPayment } from './new-payment.ts';
import type { Payment } from './payment.ts';
import type { SavedMethod } from './saved-method.ts';
import { methodsOf } from './saved-method-store.ts';
import { insertShares, sharesOf } from './share-store.ts';
import { awaitedTransfer, insertPaymentOnce, paymentByCause } from './store.ts';

export type PaymentRequest = {
  /** What to pay; without it the money goes to the balance and `amount` says how much. */
  invoiceId?: string;
  /** Several invoices to pay together, each due being paid from the money as it comes. */
  invoiceIds?: readonly string[];
  amount?: Money;
  /** Left out when a saved method is charged. */
  gatewayId?: string;
  savedMethodId?: string;
  /** The client agrees that the gateway keeps the method for charges without them. */
  saveMethod?: boolean;
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
 * invoice is given instead of a second one. `isNew`: it was written by this call.
 */
export async function openPayment(
  ctx: Ctx,
  request: PaymentRequest,
): Promise<{ payment: Payment; isNew: boolean }> {
  const client = await clientOf(ctx);
  const earlier = await paymentByCause(ctx, client.id, request.key);
  if (earlier) return { payment: await sameAsAsked(ctx, earlier, request), isNew: false };
  const invoice = request.invoiceId ? await payable(ctx, client, request.invoiceId) : null;
  const many = await allPayable(ctx, client, request);
  const amount = amountOf(client, request, invoice ? [invoice] : many);
  const way = await wayOf(ctx, client, request);
  if (invoice && way.gatewayId === BANK_TRANSFER) {
    const awaited = await awaitedTransfer(ctx, invoice.id, BANK_TRANSFER);
    if (awaited?.amountMinor === amount.minor) return { payment: awaited, isNew: false };
  }
  const payment = newPayment(ctx, client, {
    ...way,
    invoiceId: request.invoiceId ?? null,
    invoices: invoice ? [invoice] : many,
    amount,
    origin: request.origin,
    returnPath: request.returnPath,
    cause: request.key,
  });
  const written = await insertPaymentOnce(ctx, payment);
  if (written.id !== payment.id) {
    return { payment: await sameAsAsked(ctx, written, request), isNew: false };
  }
  await insertShares(ctx, payment.id, request.invoiceIds ?? []);
  return { payment: written, isNew: true };
}

/** A key that was used for another invoice, amount or gateway is somebody's mistake. */
async function sameAsAsked(ctx: Ctx, payment: Payment, request: PaymentRequest): Promise<Payment> {
  const shares = await sharesOf(ctx, payment.id);
  const same =
    payment.invoiceId === (request.invoiceId ?? null) &&
    payment.savedMethodId === (request.savedMethodId ?? null) &&
    (request.savedMethodId !== undefined || payment.gatewayId === request.gatewayId) &&
    shares.join() === (request.invoiceIds ?? []).join() &&
    (payment.invoiceId !== null ||
      shares.length > 0 ||
      payment.amountMinor === request.amount?.minor);
  if (!same) refuse('idempotency-key-reused', { field: 'Idempotency-Key' });
  return payment;
}

type Way = { gatewayId: string; saveMethod: boolean; method: SavedMethod | null };

/** By which gateway, and whether a saved method is charged or the method is to be saved. */
async function wayOf(ctx: Ctx, client: Client, request: PaymentRequest): Promise<Way> {
  const { savedMethodId = null, saveMethod = false } = request;
  const method = savedMethodId === null ? null : await ownMethod(ctx, client.id, savedMethodId);
  const gatewayId = method?.gatewayId ?? request.gatewayId ?? '';
  if (!(await connectable(ctx, client.brandId, gatewayId))) {
    refuse('gateway-unavailable', { field: 'gatewayId' });
  }
  if (saveMethod && !mayBeSaved(ctx, gatewayId)) {
    refuse('gateway-saves-nothing', { field: 'saveMethod' });
  }
  return { gatewayId, method, saveMethod: saveMethod && !method };
}

async function ownMethod(ctx: Ctx, clientId: string, id: string): Promise<SavedMethod> {
  const method = (await methodsOf(ctx, clientId)).find((one) => one.id === id);
  if (!method) refuse('saved-method-not-found', { field: 'savedMethodId' });
  if (method.state !== 'usable') refuse('saved-method-failed', { field: 'savedMethodId' });
  return method;
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
