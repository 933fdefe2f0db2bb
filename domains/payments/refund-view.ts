import { money } from '#kit/money.ts';
import type { Ctx } from '#platform/context.ts';
import { moneyWire } from '#platform/http/wire.ts';
import {
  correctionsOf,
  findInvoice,
  invoiceNumber,
  refundNoteNumber,
  refundNotesOf,
} from '#domains/billing/index.ts';
import type { RefundNote } from '#domains/billing/index.ts';
import { clientTitle, titlesOf } from '#domains/clients/index.ts';
import { mayRefund, refundRoom } from './ask-refund.ts';
import { BANK_TRANSFER, gatewayKind } from './connect-gateway.ts';
import type { Payment } from './payment.ts';
import { refundableMinor } from './refund.ts';
import type { Refund } from './refund.ts';
import type { RefundWire, StaffRefundWire } from './refund-contract.ts';
import { refundedMinor, refundsOf } from './refund-store.ts';

/** A refund as the client sees it. */
async function refundView(
  ctx: Ctx,
  refund: Refund,
  documents: ReadonlyMap<string, RefundNote>,
): Promise<RefundWire> {
  const document = documents.get(refund.id);
  const { creditNoteId, gatewayId } = refund;
  const note = creditNoteId ? await findInvoice(ctx, creditNoteId) : null;
  return {
    id: refund.id,
    paymentId: refund.paymentId,
    creditNoteId,
    creditNoteNumber: note && invoiceNumber(note),
    method: ctx.extension(gatewayKind, gatewayId)?.title ?? { ru: gatewayId, en: gatewayId },
    kind: gatewayId === BANK_TRANSFER ? 'transfer' : 'page',
    amount: moneyWire(money(refund.amountMinor, refund.currency)),
    state: refund.state,
    reason: refund.reason,
    document: document ? { id: document.id, number: refundNoteNumber(document) } : null,
    askedAt: refund.askedAt.toString(),
    finishedAt: refund.finishedAt?.toString() ?? null,
  };
}

export async function refundViews(ctx: Ctx, refunds: readonly Refund[]): Promise<RefundWire[]> {
  const documents = await documentsOf(ctx, refunds);
  const views: RefundWire[] = [];
  for (const refund of refunds) views.push(await refundView(ctx, refund, documents));
  return views;
}

function documentsOf(ctx: Ctx, refunds: readonly Refund[]): Promise<Map<string, RefundNote>> {
  return refundNotesOf(
    ctx,
    refunds.map(({ id }) => id),
  );
}

/** The same with what staff need to act on it. */
export async function staffRefundViews(
  ctx: Ctx,
  refunds: readonly Refund[],
): Promise<StaffRefundWire[]> {
  const clients = await titlesOf(
    ctx,
    refunds.map(({ clientId }) => clientId),
  );
  const names = new Map(clients.map((client) => [client.id, clientTitle(client)]));
  const documents = await documentsOf(ctx, refunds);
  const views: StaffRefundWire[] = [];
  for (const refund of refunds) {
    views.push({
      ...(await refundView(ctx, refund, documents)),
      clientId: refund.clientId,
      clientName: names.get(refund.clientId) ?? refund.clientId,
      gatewayRef: refund.gatewayRef,
      failureCode: refund.failureCode,
      failureMessage: refund.failureMessage,
      tries: refund.tries,
      nextTryAt: refund.nextTryAt?.toString() ?? null,
    });
  }
  return views;
}

export async function staffRefundView(ctx: Ctx, refund: Refund): Promise<StaffRefundWire> {
  const [view] = await staffRefundViews(ctx, [refund]);
  if (!view) throw new Error(`refund ${refund.id} has no view`);
  return view;
}

/** The refunds of a payment, and how much more of it could go back now. */
export async function refundsOfPayment(ctx: Ctx, payment: Payment) {
  const room = await refundRoom(ctx, payment, null);
  const minor = mayRefund(ctx, payment) ? refundableMinor(room) : 0n;
  return {
    refundable: moneyWire(money(minor, payment.currency)),
    left: moneyWire(money(room.paymentMinor, payment.currency)),
    refunds: await staffRefundViews(ctx, await refundsOf(ctx, payment.id)),
    notes: await notesOf(ctx, payment),
  };
}

async function notesOf(ctx: Ctx, { invoiceId, currency }: Payment) {
  const invoice = invoiceId ? await findInvoice(ctx, invoiceId) : null;
  const notes = [];
  for (const note of invoice ? await correctionsOf(ctx, invoice) : []) {
    const left = note.totalMinor - (await refundedMinor(ctx, { creditNoteId: note.id }));
    if (left <= 0n) continue;
    notes.push({
      id: note.id,
      number: invoiceNumber(note),
      left: moneyWire(money(left, currency)),
    });
  }
  return notes;
}
