import { findBrand } from '#domains/brands/index.ts';
import { findInvoice } from '#domains/billing/index.ts';
import { findClient } from '#domains/clients/index.ts';
import { sendMail } from '#domains/messages/index.ts';
import { failureKind, findPayment, isAutomatic } from '#domains/payments/index.ts';
import type { Payment } from '#domains/payments/index.ts';
import type { Ctx } from '#platform/context.ts';
import { chargedLetter, chargeFailedLetter } from './charge-letters.ts';
import type { ChargeFacts } from './charge-letters.ts';
import { debtOfPayment } from './charge-store.ts';
import { ended, isUnderWay, plannedAfter } from './charging.ts';
import type { Charging } from './charging.ts';
import type { Collection } from './collection.ts';
import { lockCollection, updateCollection } from './collection-store.ts';
import { mailTo } from './mail-client.ts';

/**
 * A saved card was charged by itself: the client is told, for nothing was clicked. What is still
 * owed then, because its invoice was made anew meanwhile, is tried again from the balance at once.
 */
export async function takeCharged(ctx: Ctx, paymentId: string): Promise<void> {
  const facts = await factsOf(ctx, paymentId);
  if (!facts || !isAutomatic(facts.payment)) return;
  await sendMail(
    ctx,
    mailTo(facts, (writer) => chargedLetter(writer, facts)),
  );
  const one = await triedBy(ctx, facts.payment);
  if (one) await updateCollection(ctx, { ...one, chargeAt: ctx.now });
}

/**
 * A try has failed: plans the next one or ends them, by what the bank said and the brand's policy.
 * The client is written to at the first failure and at the last.
 */
export async function takeFailedCharge(ctx: Ctx, paymentId: string): Promise<void> {
  const facts = await factsOf(ctx, paymentId);
  if (!facts || !isAutomatic(facts.payment)) return;
  const { payment, brand } = facts;
  const one = await triedBy(ctx, payment);
  if (!one) return;
  const kind = failureKind(payment.failureCode);
  const { chargeDays } = brand.policy.collection;
  const next: Charging =
    kind === 'again'
      ? plannedAfter(one, { zone: one.zone, now: ctx.now, chargeDays })
      : ended(one, kind);
  await updateCollection(ctx, { ...one, ...next });
  if (next.chargeAt && one.charges > 1) return;
  const nextOn = next.chargeAt?.toZonedDateTimeISO(one.zone).toPlainDate() ?? null;
  await sendMail(
    ctx,
    mailTo(facts, (writer) => chargeFailedLetter(writer, { ...facts, nextOn })),
  );
}

/** The debt whose last try this payment was, held. */
async function triedBy(
  ctx: Ctx,
  { id: paymentId, branch, clientId }: Payment,
): Promise<Collection | null> {
  const key = await debtOfPayment(ctx, { branch, clientId, paymentId });
  const one = key && (await lockCollection(ctx, key));
  return one && one.chargePaymentId === paymentId && isUnderWay(one) ? one : null;
}

async function factsOf(ctx: Ctx, paymentId: string) {
  const payment = await findPayment(ctx, paymentId);
  if (!payment?.card || !payment.invoiceId) return null;
  const invoice = await findInvoice(ctx, payment.invoiceId);
  const client = await findClient(ctx, payment.clientId);
  const brand = await findBrand(ctx, payment.brandId);
  if (!invoice || !client || !brand) return null;
  const subscription = { domainName: invoice.about ?? '' };
  const facts: ChargeFacts & { payment: Payment } = { payment, card: payment.card, invoice };
  return { ...facts, client, brand, subscription };
}
