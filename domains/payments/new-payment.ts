import { branchOf } from '#kit/id.ts';
import type { Money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';
import { textsFor } from '#platform/texts.ts';
import { invoiceNumber } from '#domains/billing/index.ts';
import type { Invoice } from '#domains/billing/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { BANK_TRANSFER } from './connect-gateway.ts';
import { nextCheckAfter } from './payment.ts';
import type { Payment } from './payment.ts';
import type { SavedMethod } from './saved-method.ts';

export type PaymentDraft = Pick<Payment, 'invoiceId' | 'gatewayId' | 'saveMethod' | 'cause'> & {
  /** The saved method that is charged. */
  method: SavedMethod | null;
  /** What it pays; none when the money is for the balance. */
  invoices: readonly Invoice[];
  amount: Money;
  /** `https://shop.example`: where browsers and gateways reach us. */
  origin: string;
  /** The page of ours to come back to; by default the payment's own. */
  returnPath?: string | undefined;
};

/** A payment before anybody has heard of it, with everything its gateway will be told. */
export function newPayment(ctx: Ctx, client: Client, draft: PaymentDraft): Payment {
  const { invoiceId, gatewayId, saveMethod, method, cause, amount, origin } = draft;
  const branch = branchOf(client.id);
  const id = ctx.newId('pay', branch);
  const transfer = gatewayId === BANK_TRANSFER;
  const t = textsFor('payments', client.language);
  const [first] = draft.invoices;
  const more = draft.invoices.length - 1;
  const number = first ? `${invoiceNumber(first)}${more > 0 ? ` +${more}` : ''}` : null;
  return {
    id,
    branch,
    brandId: client.brandId,
    sellerId: client.sellerId,
    clientId: client.id,
    invoiceId,
    invoiceNumber: number,
    gatewayId,
    amountMinor: amount.minor,
    currency: amount.currency,
    state: transfer ? 'pending' : 'starting',
    gatewayRef: null,
    redirectUrl: null,
    description: number ? t('description.invoice', { number }) : t('description.topUp'),
    language: client.language,
    returnUrl: `${origin}${draft.returnPath ?? `/account/payments/${id}`}`,
    notifyUrl: `${origin}/hooks/gateways/${client.brandId}/${gatewayId}`,
    failureCode: null,
    failureMessage: null,
    nextCheckAt: transfer ? null : nextCheckAfter(0, ctx.now),
    checks: 0,
    createdAt: ctx.now,
    finishedAt: null,
    receivedMinor: null,
    saveMethod,
    savedMethodId: method?.id ?? null,
    card: method && { brand: method.cardBrand, last4: method.last4 },
    cause,
  };
}
