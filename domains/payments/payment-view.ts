import { money } from '#kit/money.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import { moneyWire } from '#platform/http/wire.ts';
import { dueMinor, findInvoice, invoiceNumber } from '#domains/billing/index.ts';
import { findBrand } from '#domains/brands/index.ts';
import { clientTitle, titlesOf } from '#domains/clients/index.ts';
import { BANK_TRANSFER, gatewayKind } from './connect-gateway.ts';
import { findSeller } from '#domains/sellers/index.ts';
import type {
  PaymentDetailWire,
  PaymentWire,
  StaffPaymentDetailWire,
  StaffPaymentWire,
} from './contract.ts';
import { isAutomatic } from './payment.ts';
import type { Payment } from './payment.ts';
import { refundsOfPayment } from './refund-view.ts';
import { notificationsOf } from './store.ts';

/** A payment as its payer sees it. */
export function paymentView(from: Pick<Ctx | Outside, 'extension'>, payment: Payment): PaymentWire {
  const { gatewayId, currency, receivedMinor } = payment;
  return {
    id: payment.id,
    invoiceId: payment.invoiceId,
    invoiceNumber: payment.invoiceNumber,
    gatewayId,
    method: from.extension(gatewayKind, gatewayId)?.title ?? { ru: gatewayId, en: gatewayId },
    card: payment.card,
    automatic: isAutomatic(payment),
    kind: gatewayId === BANK_TRANSFER ? 'transfer' : 'page',
    amount: moneyWire(money(payment.amountMinor, currency)),
    received: receivedMinor === null ? null : moneyWire(money(receivedMinor, currency)),
    state: payment.state,
    redirectUrl: payment.state === 'pending' ? payment.redirectUrl : null,
    failureCode: payment.failureCode,
    createdAt: payment.createdAt.toString(),
    finishedAt: payment.finishedAt?.toString() ?? null,
  };
}

/** The same with what a payer needs to make a transfer. */
export async function paymentDetail(ctx: Ctx, payment: Payment): Promise<PaymentDetailWire> {
  const view = paymentView(ctx, payment);
  return { ...view, transferTo: view.kind === 'transfer' ? await transferTo(ctx, payment) : null };
}

async function transferTo(
  ctx: Ctx,
  { sellerId }: Payment,
): Promise<PaymentDetailWire['transferTo']> {
  const legal = (await findSeller(ctx, sellerId))?.legal;
  if (!legal?.bank) return null;
  const { bank } = legal;
  return {
    payee: legal.name,
    taxId: legal.taxId,
    bank: bank.name,
    account: bank.account,
    bankCode: bank.bankCode,
    correspondentAccount: bank.correspondentAccount ?? null,
  };
}

/** Payments as staff see them in a list: with whose they are. */
export async function staffViews(
  ctx: Ctx,
  payments: readonly Payment[],
): Promise<StaffPaymentWire[]> {
  const clients = await titlesOf(
    ctx,
    payments.map((payment) => payment.clientId),
  );
  const names = new Map(clients.map((client) => [client.id, clientTitle(client)]));
  return payments.map((payment) => ({
    ...paymentView(ctx, payment),
    clientId: payment.clientId,
    clientName: names.get(payment.clientId) ?? payment.clientId,
    brandId: payment.brandId,
    gatewayRef: payment.gatewayRef,
    failureMessage: payment.failureMessage,
  }));
}

/** One payment with everything behind it. */
export async function staffDetail(ctx: Ctx, payment: Payment): Promise<StaffPaymentDetailWire> {
  const [view] = await staffViews(ctx, [payment]);
  if (!view) throw new Error(`payment ${payment.id} has no view`);
  const invoice = payment.invoiceId ? await findInvoice(ctx, payment.invoiceId) : null;
  const brand = await findBrand(ctx, payment.brandId);
  const told = await notificationsOf(ctx, payment.id);
  return {
    ...view,
    ...(await refundsOfPayment(ctx, payment)),
    brandName: brand?.name ?? payment.brandId,
    description: payment.description,
    returnUrl: payment.returnUrl,
    checks: payment.checks,
    nextCheckAt: payment.nextCheckAt?.toString() ?? null,
    invoice: invoice && {
      id: invoice.id,
      number: invoiceNumber(invoice),
      state: invoice.state,
      due: moneyWire(money(dueMinor(invoice), invoice.currency)),
    },
    notifications: told.map(({ receivedAt, ...rest }) => ({
      ...rest,
      receivedAt: receivedAt.toString(),
    })),
  };
}
