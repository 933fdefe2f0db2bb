import { money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';
import { dueMinor } from '#domains/billing/index.ts';
import type { Invoice } from '#domains/billing/index.ts';
import { brandUrl } from '#domains/brands/index.ts';
import type { Brand } from '#domains/brands/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { BANK_TRANSFER } from './connect-gateway.ts';
import { newPayment } from './new-payment.ts';
import { automaticCause } from './payment.ts';
import type { Payment } from './payment.ts';
import { usableDefaults } from './saved-method-store.ts';
import { insertPaymentOnce, openPaymentsOf } from './store.ts';

export type ChargeRequest = {
  invoice: Invoice;
  client: Client;
  brand: Brand;
  /** From 1: the same try gives the same payment, and the gateway charges it once. */
  attempt: number;
};

/**
 * Writes a payment of all that is due of an invoice by the client's default saved method, for
 * `sendCharge` to carry out after the transaction. Null when there is none that can be charged. The
 * caller holds what makes two causes for one debt impossible.
 */
export async function openCharge(
  ctx: Ctx,
  { invoice, client, brand, attempt }: ChargeRequest,
): Promise<Payment | null> {
  const method = (await usableDefaults(ctx, [client.id])).get(client.id);
  if (!method) return null;
  const payment = newPayment(ctx, client, {
    invoiceId: invoice.id,
    invoices: [invoice],
    gatewayId: method.gatewayId,
    saveMethod: false,
    method,
    amount: money(dueMinor(invoice), invoice.currency),
    origin: brandUrl(brand, '/').slice(0, -1),
    cause: automaticCause(invoice.id, attempt),
  });
  return insertPaymentOnce(ctx, payment);
}

/** How long somebody may be on a gateway's page. */
const ON_PAGE_HOURS = 2;

/**
 * Whether the client is about to pay this invoice themselves, or a charge of it is under way: until
 * when to keep hands off it. Null when nobody is.
 */
export async function paidByOthersUntil(
  ctx: Ctx,
  invoice: Invoice,
): Promise<Temporal.Instant | null> {
  const open = await openPaymentsOf(ctx, invoice.id);
  if (open.some((one) => one.gatewayId === BANK_TRANSFER || one.savedMethodId)) {
    return ctx.now.add({ hours: 24 });
  }
  const ends = open.map(({ createdAt }) => createdAt.add({ hours: ON_PAGE_HOURS }));
  const last = ends.toSorted(Temporal.Instant.compare).at(-1);
  return last && Temporal.Instant.compare(last, ctx.now) > 0 ? last : null;
}
